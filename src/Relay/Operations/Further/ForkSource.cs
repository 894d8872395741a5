using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Further;

/// <summary>The session that a fork wants copied, found on the worker that owns it.</summary>
/// <param name="FromTagParty">The party of the first tag.</param>
/// <param name="HasPlace">A place is kept there for one more fork; without it, only a session that has a place already is served.</param>
internal readonly record struct ForkSource(SessionId Session, Side FromTagParty, bool HasPlace)
{
    /// <summary>
    /// Finds the source and takes one of its places for forks if one is free, so that the fork cannot be refused any more when
    /// it begins. Null when there is no such session.
    /// </summary>
    public static ForkSource? TryFind(RelayWorker worker, FurtherOperation.Fork fork) =>
        worker.Sessions.Find(fork.CallId, new SessionTags(fork.FromTag, fork.ToTag), out TagMatch match) is { } session
            ? new ForkSource(session.Id, session.PartyOf(match).Side, worker.World.Pending.TryKeepForkPlace(session))
            : null;
}
