using System.Collections.Immutable;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>How long an answered call may be silent (ng protocol).</summary>
internal static class CallPatience
{
    /// <summary>One party of it holds all of its media.</summary>
    public static bool IsHeld(CallFacts facts, Association association) =>
        IsHeld(facts[association.Caller].Media) || IsHeld(facts[association.Callee].Media);

    /// <summary>A call that is all on hold may be silent for longer.</summary>
    public static void Set(RelayWorker worker, Call call, Association association) => Set(worker, call, association, call.Facts);

    /// <param name="facts">Of the call as it is about to be.</param>
    public static void Set(RelayWorker worker, Call call, Association association, CallFacts facts)
    {
        int seconds = IsHeld(facts, association) ? worker.Options.SilentTtlSeconds : worker.Options.TtlSeconds;
        foreach (Session session in worker.Calls.SessionsOf(call))
        {
            if (session.Line.Association == association.Number)
            {
                SetLimit(session, seconds);
            }
            else if (!session.IsComplete)
            {
                SetLimit(session, worker.Options.TtlSeconds); // a branch that nobody answered keeps it no longer
            }
        }
    }

    // A session that RTPproxy's protocol made has two timers with -i.
    private static void SetLimit(Session session, int seconds)
    {
        session.Caller.Timer.SetLimit(seconds);
        session.Callee.Timer.SetLimit(seconds);
    }

    private static bool IsHeld(ImmutableArray<MediaDescription> media) => !media.IsEmpty && media.All(line => line.IsHeld);
}
