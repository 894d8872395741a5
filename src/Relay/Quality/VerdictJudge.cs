using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Quality;

/// <summary>Says what is the matter with a call (quality.md, section 3).</summary>
/// <remarks>Pure; allocates nothing.</remarks>
internal static class VerdictJudge
{
    private static readonly TimeSpan SetUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(3);

    public static Verdict Judge(Session session, Instant now)
    {
        bool isCallerHeard = session.Caller.Rtp.Received > 0;
        bool isCalleeHeard = session.Callee.Rtp.Received > 0;
        if (!session.IsComplete || now - session.CreatedAt < SetUp)
        {
            return new Verdict(VerdictCode.Waiting);
        }

        if (!isCallerHeard && !isCalleeHeard)
        {
            return new Verdict(VerdictCode.Silent);
        }

        if (!isCallerHeard || !isCalleeHeard)
        {
            return new Verdict(VerdictCode.OneWay, isCallerHeard ? Side.Callee : Side.Caller);
        }

        return Stopped(session.Caller, now) ?? Stopped(session.Callee, now) ?? new Verdict(VerdictCode.Ok);
    }

    private static Verdict? Stopped(Leg leg, Instant now) =>
        now - leg.Rtp.State.LastAt > Lately ? new Verdict(VerdictCode.OneWayStopped, leg.Side) : null;
}
