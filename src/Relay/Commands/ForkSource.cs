using RtpProxy.Control.SubCommands;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>The session that a sub-command <c>C</c> wants copied, found on the worker that owns it.</summary>
/// <param name="FromTagParty">The party of the first tag.</param>
internal readonly record struct ForkSource(SessionId Session, Side FromTagParty)
{
    /// <summary>
    /// Finds the source and takes one of its places for forks, so that the fork cannot be refused any more when it begins.
    /// Null when there is no such session or no place.
    /// </summary>
    public static ForkSource? TryReserve(RelayWorker worker, ForkSubCommand fork) =>
        worker.Sessions.Find(fork.SourceCall, new CommandTags(fork.FromTag, fork.ToTag), out TagMatch match) is { } session
            && session.TryReserveFork()
            ? new ForkSource(session.Id, session.Speaker(match).Side)
            : null;
}
