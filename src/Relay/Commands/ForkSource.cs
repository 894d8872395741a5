using RtpProxy.Control.SubCommands;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>The session that a sub-command <c>C</c> wants copied, found on the worker that owns it.</summary>
/// <param name="FromTagParty">The party of the first tag.</param>
internal readonly record struct ForkSource(SessionId Session, Side FromTagParty)
{
    public static ForkSource? Find(RelayWorker worker, ForkSubCommand fork) =>
        worker.Sessions.Find(fork.SourceCall, fork.FromTag, fork.ToTag, out TagMatch match) is { } session
            && session.Forks.Length < Sessions.Session.MaxForks
            ? new ForkSource(session.Id, session.Speaker(match).Side)
            : null;
}
