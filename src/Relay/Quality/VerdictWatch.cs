using RtpProxy.Relay.Events;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Quality;

/// <summary>Looks at a session once a second, and tells when what is the matter with it has changed.</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class VerdictWatch(SessionTable sessions, IEventSink events)
{
    private const uint MaxToldAtOnce = 20; // of a session; who sends now and then can change it every few seconds

    private static readonly TimeSpan AfterThat = TimeSpan.FromMinutes(1);

    public void Look(Session session, Instant now)
    {
        Verdict verdict = VerdictJudge.Judge(session, now);
        if (verdict != session.Verdict)
        {
            sessions.Change(session, verdict);
        }

        ref SessionEvidence evidence = ref session.Evidence;
        if (verdict != evidence.Told && (evidence.TimesTold < MaxToldAtOnce || now - evidence.ToldAt >= AfterThat))
        {
            Verdict before = evidence.Told;
            evidence.Told = verdict;
            evidence.ToldAt = now;
            evidence.TimesTold++;
            events.On(new RelayEvent.VerdictChanged(session, now, before, verdict));
        }
    }
}
