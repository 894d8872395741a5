using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Nodes;

namespace RtpProxy.Ctl.Calls;

/// <summary>How many sessions a relay has: all that the control protocol tells of calls whose names one does not know.</summary>
/// <param name="Code">The <see cref="ExitCode"/>.</param>
/// <param name="Problem">Why it is not known; null if it is.</param>
internal sealed record SessionCount(int Active, int Code, string? Problem)
{
    public static async Task<SessionCount> ReadAsync(RelayClient relay, CancellationToken cancellation)
    {
        RelayAnswer<RelaySummary> answer = await relay.SummaryAsync(cancellation);
        return answer.IsDone
            ? new SessionCount((int)Math.Min(answer.Value!.ActiveSessions, int.MaxValue), ExitCode.Ok, null)
            : new SessionCount(0, answer.Status == AnswerStatus.NoReply ? ExitCode.NoReply : ExitCode.Refused, await OtherSocket.ExplainAsync(relay, answer, cancellation));
    }
}
