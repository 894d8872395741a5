using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>Ends calls and branches of them: all their media lines at once.</summary>
internal static class CallEnds
{
    /// <summary>All of the call. Its ports are free when this returns, and its figures are remembered.</summary>
    public static void End(CallTable calls, SessionLife life, Call call, Instant now)
    {
        calls.Remember(CallReports.Of(calls, call, now, isBrief: true), now);
        foreach (Session session in calls.SessionsOf(call).Where(session => !session.IsSubscribed))
        {
            life.Delete(session, now); // subscribers end with the last
        }

        calls.Remove(call); // one that never had a media line
    }

    /// <summary>
    /// One association. The ports that the other party of it knows stay open for the newest of its other branches, if there is one.
    /// </summary>
    public static void End(RelayWorker worker, Call call, Association association, Instant now)
    {
        Association? heir = call.Facts.Associations.LastOrDefault(
            other => other.Number != association.Number && other.Caller == association.Caller);
        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => session.Line.Association == association.Number))
        {
            if (heir is not null
                && worker.Calls.Find(call, heir.Number, session.Line.Index) is { Caller.Ports: null } branch)
            {
                worker.Ports.Move(session.Caller, branch.Caller);
            }

            worker.Life.Delete(session, now);
        }

        worker.Calls.Change(call, call.Facts.Without(association));
        Listening.Connect(worker.Calls, call);
    }

    /// <summary>One subscription; the call goes on.</summary>
    public static void End(RelayWorker worker, Call call, Subscription subscription, Instant now)
    {
        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => session.Line.Association == subscription.Number))
        {
            worker.Life.Delete(session, now);
        }

        worker.Calls.Change(call, call.Facts.Without(subscription));
        Listening.Connect(worker.Calls, call);
    }
}
