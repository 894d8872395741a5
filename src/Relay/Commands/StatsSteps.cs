using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Protocols.Rtpp.Statistics;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Commands;

/// <summary><c>G</c>: visits all workers and adds up (control protocol, sections 3.13 and 9).</summary>
internal sealed class StatsSteps(StatsCommand command, CommandContext context) : ICommandSteps
{
    private readonly RelayStatistics _sum = new();

    public Step First => Step.On(0);

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        worker.Statistics.AddTo(_sum);
        return Step.OnNext(worker, context) ?? Write(ref reply);
    }

    private Step Write(ref ReplyWriter reply)
    {
        for (int i = 0; i < command.Names.Count; i++)
        {
            if (!GlobalCounterNames.TryParse(command.Names[i], out GlobalCounter counter))
            {
                return Step.Fail(ref reply, ErrorCode.StatsName);
            }

            if (i > 0)
            {
                reply.WriteSpace();
            }

            if (command.Verbose)
            {
                reply.WriteText(command.Names[i]);
                reply.WriteText("="u8);
                if (reply.IsOverflowed)
                {
                    return Step.Fail(ref reply, ErrorCode.StatsReplyTooLong);
                }
            }

            WriteValue(counter, ref reply);
            if (reply.IsOverflowed)
            {
                return Step.Fail(ref reply, ErrorCode.StatsName);
            }
        }

        reply.EndLine();
        return Step.Done;
    }

    private void WriteValue(GlobalCounter counter, ref ReplyWriter reply)
    {
        switch (counter)
        {
            case GlobalCounter.TotalDuration:
                reply.WriteDouble(_sum.TotalDurationSeconds);
                break;
            case GlobalCounter.PacketRate:
                reply.WriteDouble(_sum.ReceiveRate);
                break;
            default:
                reply.WriteNumber(context.Counters.Find(counter) ?? _sum[Counted(counter)]);
                break;
        }
    }

    private static RelayCounter Counted(GlobalCounter counter) => counter switch
    {
        GlobalCounter.SessionsCreated => RelayCounter.SessionsCreated,
        GlobalCounter.SessionsDestroyed => RelayCounter.SessionsDestroyed,
        GlobalCounter.SessionsTimedOut => RelayCounter.SessionsTimedOut,
        GlobalCounter.SessionsComplete => RelayCounter.SessionsComplete,
        GlobalCounter.SessionsWithoutRtp => RelayCounter.SessionsWithoutRtp,
        GlobalCounter.SessionsWithOneWayRtp => RelayCounter.SessionsWithOneWayRtp,
        GlobalCounter.SessionsWithoutRtcp => RelayCounter.SessionsWithoutRtcp,
        GlobalCounter.SessionsWithOneWayRtcp => RelayCounter.SessionsWithOneWayRtcp,
        GlobalCounter.PlayersCreated => RelayCounter.PlayersCreated,
        GlobalCounter.PlayersDestroyed => RelayCounter.PlayersDestroyed,
        GlobalCounter.PacketsReceived => RelayCounter.PacketsReceived,
        GlobalCounter.PacketsPlayed => RelayCounter.PacketsPlayed,
        GlobalCounter.PacketsRelayed => RelayCounter.PacketsRelayed,
        GlobalCounter.ResizerPacketsIn => RelayCounter.ResizerPacketsIn,
        GlobalCounter.ResizerPacketsOut => RelayCounter.ResizerPacketsOut,
        GlobalCounter.ResizerPacketsDiscarded => RelayCounter.ResizerPacketsDiscarded,
        GlobalCounter.PacketsDiscarded => RelayCounter.PacketsDiscarded,
        GlobalCounter.RtpSent => RelayCounter.RtpSent,
        GlobalCounter.RtpReceived => RelayCounter.RtpReceived,
        GlobalCounter.RtpDuplicates => RelayCounter.RtpDuplicates,
        GlobalCounter.RtpLost => RelayCounter.RtpLost,
        GlobalCounter.RtpParseErrors => RelayCounter.RtpParseErrors,
        _ => throw new System.Diagnostics.UnreachableException($"{counter} is not counted by workers."),
    };
}
