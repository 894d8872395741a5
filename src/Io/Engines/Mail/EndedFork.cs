using RtpProxy.Relay.Sessions;

namespace RtpProxy.Io.Engines.Mail;

/// <summary>Tells the worker of <see cref="Source"/> that the session its copies went to is gone.</summary>
internal sealed class EndedFork(SessionId source, SessionId target) : Letter
{
    public SessionId Source { get; } = source;

    public SessionId Target { get; } = target;
}
