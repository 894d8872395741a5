using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Operations;

/// <summary>Sends nothing: what remains is the cost of the core.</summary>
internal struct NullSink : IPacketSink
{
    public SendOutcome Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram)
    {
        Sent++;
        return SendOutcome.Sent;
    }

    public int Sent { get; private set; }
}
