using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Answers everything alike.</summary>
internal sealed class EchoProtocol : IControlProtocol, ICommandStream
{
    public int MaxCommandLength => 100;

    public void OnDatagram(ReadOnlySpan<byte> datagram, in CommandOrigin origin, IReplyTarget target) =>
        target.Reply("echo\n"u8.ToArray());

    public ICommandStream OpenStream(in CommandOrigin origin, bool isGuarded) => this;

    public bool OnCommand(ReadOnlySpan<byte> command, IReplyTarget target)
    {
        target.Reply("echo\n"u8.ToArray());
        return true;
    }
}
