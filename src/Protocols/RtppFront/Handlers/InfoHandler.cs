using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>I</c>: the summary for people (control protocol, section 3.14).</summary>
internal sealed class InfoHandler(InfoCommand command, in CommandSetting setting) : ICommandHandler
{
    private readonly StatisticsOperation _statistics = setting.Relay.Statistics();

    public Operation Operation => _statistics;

    public bool Write(ref ReplyWriter reply)
    {
        const ulong StreamsPerSession = 2; // the RTP streams; their RTCP is not told apart

        RelayStatistics sum = _statistics.Sum;
        ulong sessions = (ulong)_statistics.Sessions;
        WriteLine(ref reply, "sessions created: "u8, sum[RelayCounter.SessionsCreated]);
        WriteLine(ref reply, "active sessions: "u8, sessions);
        WriteLine(ref reply, "active streams: "u8, sessions * StreamsPerSession);
        WriteLine(ref reply, "packets received: "u8, sum[RelayCounter.PacketsReceived]);
        ulong transmitted = sum[RelayCounter.PacketsRelayed] + sum[RelayCounter.PacketsPlayed];
        WriteLine(ref reply, "packets transmitted: "u8, transmitted);
        if (command.Load)
        {
            reply.WriteText("average load: 0.000000"u8); // not measured; the original always shows zero
            reply.EndLine();
        }

        return reply.IsOverflowed && ReplyText.Fail(ErrorCode.InfoReplyTooLong, ref reply);
    }

    private static void WriteLine(ref ReplyWriter reply, ReadOnlySpan<byte> label, ulong value)
    {
        reply.WriteText(label);
        reply.WriteNumber(value);
        reply.EndLine();
    }
}
