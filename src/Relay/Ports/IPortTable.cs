using RtpProxy.Rtp;

namespace RtpProxy.Relay.Ports;

/// <summary>
/// The one synchronous question the core asks the world: sockets. Each worker has its own table; port numbers are
/// claimed from a range that all tables share.
/// </summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
public interface IPortTable
{
    /// <summary>
    /// Opens an RTP and RTCP pair on <paramref name="address"/>; datagrams on either then reach
    /// <see cref="RelayWorker.OnDatagram"/> of this worker.
    /// </summary>
    /// <param name="tos">IPv4 TOS byte to set; null leaves the system's default. Ignored on IPv6.</param>
    PortOpening TryOpen(LocalAddress address, byte? tos, out PortPair pair);

    /// <summary>
    /// Opens a pair for sending copies to <paramref name="target"/>, on the local address that routes there; what
    /// arrives on it is never delivered.
    /// </summary>
    PortOpening TryOpenToward(in Endpoint target, out PortPair pair, out LocalAddress address);

    /// <summary>Closes both sockets and frees the numbers before it returns.</summary>
    void Close(in PortPair pair);

    /// <summary>Sets the IPv4 TOS byte of both sockets; false on IPv6 or if the system refuses.</summary>
    bool TrySetTos(in PortPair pair, byte tos);

    /// <summary>Whether arrivals on the pair carry the kernel's time stamp and the exact local address (costs a little per packet).</summary>
    void WantDetails(in PortPair pair, bool wanted);
}
