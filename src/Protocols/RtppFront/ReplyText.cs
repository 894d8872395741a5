using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Further;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>What several commands answer alike. Every method tells whether the reply counts as a failure.</summary>
internal static class ReplyText
{
    /// <summary><c>0</c>, or the error of a refusal.</summary>
    public static bool WriteOutcome(Refusal refusal, ref ReplyWriter reply)
    {
        if (refusal != Refusal.None)
        {
            return Fail(CodeOf(refusal), ref reply);
        }

        reply.WriteOk();
        return false;
    }

    public static bool Fail(ErrorCode error, ref ReplyWriter reply)
    {
        reply.WriteError(error);
        return true;
    }

    /// <summary>Ends the line; what did not fit is answered with an error instead.</summary>
    public static bool End(ErrorCode otherwise, ref ReplyWriter reply)
    {
        reply.EndLine();
        return reply.IsOverflowed && Fail(otherwise, ref reply);
    }

    public static void WritePort(in AnsweredPort port, ref ReplyWriter reply) =>
        reply.WritePort(port.Number, port.Address);

    /// <summary>Results of sub-commands, as they are written behind the main result.</summary>
    public static SubCommandResults ResultsOf(IReadOnlyList<FurtherResult> further)
    {
        var results = new SubCommandResults();
        Span<byte> buffer = stackalloc byte[ReplyLimits.MaxLength];
        foreach (FurtherResult result in further)
        {
            if (result.IsFailed)
            {
                results.AppendFailed();
            }
            else if (result.Port is { } port)
            {
                var text = new ReplyWriter(buffer);
                WritePort(port, ref text);
                results.AppendText(text.Text);
            }
            else
            {
                results.AppendSilent();
            }
        }

        return results;
    }

    /// <summary>Control protocol, section 5.</summary>
    public static ErrorCode CodeOf(Refusal refusal) => refusal switch
    {
        Refusal.UnknownSession => ErrorCode.UnknownSession,
        Refusal.Draining => ErrorCode.Shutdown,
        Refusal.TooManySessions or Refusal.TooMuchLoad or Refusal.TooMuchCpu or Refusal.TooMuchBandwidth => ErrorCode.Overload,
        Refusal.NoSessionPorts => ErrorCode.SessionPorts,
        Refusal.NoLegPorts => ErrorCode.LegPorts,
        Refusal.NotificationsOff => ErrorCode.NotificationsOff,
        Refusal.NoRoomForReply => ErrorCode.InfoReplyTooLong,
        Refusal.NoCodecs => ErrorCode.Modifier,
        Refusal.NoPrompt => ErrorCode.Player,
        Refusal.NoCopy => ErrorCode.Copy,
        _ => throw new System.Diagnostics.UnreachableException($"No error code for {refusal}."),
    };
}
