using RtpProxy.Relay.Forwarding;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>Tells the worker that owns the target of <see cref="Fork"/> that the source is gone.</summary>
internal sealed class ForkSourceEnded(Fork fork) : Letter
{
    public Fork Fork { get; } = fork;
}
