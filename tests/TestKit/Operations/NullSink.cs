using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Operations;

/// <summary>Sends nothing: what remains is the cost of the core.</summary>
internal struct NullSink : IPacketSink
{
    public void Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram) => Sent++;

    public int Sent { get; private set; }
}
