using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Answers everything alike.</summary>
internal sealed class EchoProtocol : IControlProtocol, ICommandStream
{
    public int MaxCommandLength => 100;

    public void OnDatagram(ReadOnlySpan<byte> datagram, in RequestOrigin origin, IReplyTarget target) =>
        target.Reply("echo\n"u8.ToArray());

    public ICommandStream OpenStream(in RequestOrigin origin, bool isGuarded) => this;

    public bool OnCommand(ReadOnlySpan<byte> command, IReplyTarget target)
    {
        target.Reply("echo\n"u8.ToArray());
        return true;
    }
}
