using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Commands;

/// <summary><c>I</c>: the summary for people, over all workers (control protocol, section 3.14).</summary>
internal sealed class InfoSteps(InfoCommand command, CommandContext context) : ICommandSteps
{
    private readonly RelayStatistics _sum = new();
    private ulong _sessions;

    public Step First => Step.On(0);

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        worker.Statistics.AddTo(_sum);
        _sessions += (ulong)worker.Sessions.Count;
        return Step.OnNext(worker, context) ?? Write(ref reply);
    }

    private Step Write(ref ReplyWriter reply)
    {
        const ulong StreamsPerSession = 2; // the RTP streams; their RTCP is not told apart

        WriteLine(ref reply, "sessions created: "u8, _sum[RelayCounter.SessionsCreated]);
        WriteLine(ref reply, "active sessions: "u8, _sessions);
        WriteLine(ref reply, "active streams: "u8, _sessions * StreamsPerSession);
        WriteLine(ref reply, "packets received: "u8, _sum[RelayCounter.PacketsReceived]);
        ulong transmitted = _sum[RelayCounter.PacketsRelayed] + _sum[RelayCounter.PacketsPlayed];
        WriteLine(ref reply, "packets transmitted: "u8, transmitted);
        if (command.Load)
        {
            reply.WriteText("average load: 0.000000"u8); // not measured; the original always shows zero
            reply.EndLine();
        }

        return reply.IsOverflowed ? Step.Fail(ref reply, ErrorCode.InfoReplyTooLong) : Step.Done;
    }

    private static void WriteLine(ref ReplyWriter reply, ReadOnlySpan<byte> label, ulong value)
    {
        reply.WriteText(label);
        reply.WriteNumber(value);
        reply.EndLine();
    }
}
