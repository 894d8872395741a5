using RtpProxy.Relay.Forwarding;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>Tells the worker that owns the source of <see cref="Fork"/> where copies are wanted from now on.</summary>
internal sealed class ForkStarted(Fork fork) : Letter
{
    public Fork Fork { get; } = fork;
}
