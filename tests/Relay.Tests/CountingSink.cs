using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests;

/// <summary>Counts what is sent and forgets it.</summary>
internal struct CountingSink : IPacketSink
{
    public int Sent { get; private set; }

    public SendOutcome Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram)
    {
        Sent++;
        return SendOutcome.Sent;
    }
}
