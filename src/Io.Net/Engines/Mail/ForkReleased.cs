using RtpProxy.Relay.Sessions;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>Tells the worker that owns <see cref="Source"/> that a fork for which a place was kept does not begin.</summary>
internal sealed class ForkReleased(SessionId source) : Letter
{
    public SessionId Source { get; } = source;
}
