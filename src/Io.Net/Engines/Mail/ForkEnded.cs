using RtpProxy.Relay.Forwarding;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>Tells the worker that owns the source of <see cref="Fork"/> that the target is gone.</summary>
internal sealed class ForkEnded(Fork fork) : Letter
{
    public Fork Fork { get; } = fork;
}
