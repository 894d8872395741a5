using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Statistics;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>G</c> (control protocol, sections 3.13 and 9).</summary>
internal sealed class StatsHandler(StatsCommand command, in CommandSetting setting) : ICommandHandler
{
    private readonly CommandCounters _counters = setting.Counters;
    private readonly StatisticsOperation _statistics = setting.Relay.Statistics();

    public Operation Operation => _statistics;

    public bool Write(ref ReplyWriter reply)
    {
        for (int i = 0; i < command.Names.Count; i++)
        {
            if (!GlobalCounterNames.TryParse(command.Names[i], out GlobalCounter counter))
            {
                return ReplyText.Fail(ErrorCode.StatsName, ref reply);
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
                    return ReplyText.Fail(ErrorCode.StatsReplyTooLong, ref reply);
                }
            }

            WriteValue(counter, ref reply);
            if (reply.IsOverflowed)
            {
                return ReplyText.Fail(ErrorCode.StatsName, ref reply);
            }
        }

        reply.EndLine();
        return false;
    }

    private void WriteValue(GlobalCounter counter, ref ReplyWriter reply)
    {
        RelayStatistics sum = _statistics.Sum;
        switch (counter)
        {
            case GlobalCounter.TotalDuration:
                reply.WriteDouble(sum.TotalDurationSeconds);
                break;
            case GlobalCounter.PacketRate:
                reply.WriteDouble(sum.ReceiveRate);
                break;
            default:
                reply.WriteNumber(_counters.Find(counter) ?? sum[Counted(counter)]);
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
