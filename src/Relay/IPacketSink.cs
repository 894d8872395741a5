using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <summary>Where the core puts the datagrams it wants sent. One worker, one sink, one thread.</summary>
public interface IPacketSink
{
    /// <summary>
    /// Sends from one of the worker's own ports. The bytes are borrowed for the call. What is taken may still be lost on
    /// its way; what is not taken will not be sent.
    /// </summary>
    SendOutcome Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram);
}
