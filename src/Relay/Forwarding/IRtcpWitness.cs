using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding;

/// <summary>Sees each RTCP datagram of a party that was taken, before it is passed on, and whether it is or not.</summary>
/// <remarks>
/// Called on the worker's thread, between packets: copies what it keeps, allocates nothing and waits for nothing. Each worker has
/// its own.
/// </remarks>
public interface IRtcpWitness
{
    /// <param name="source">Where it came from.</param>
    /// <param name="local">Our port; its address is the one that the port is bound to, or the exact one where that is known.</param>
    /// <param name="wallMicroseconds">When it came, since the UNIX epoch.</param>
    /// <param name="datagram">Borrowed for the call.</param>
    void OnRtcp(string callId, in Endpoint source, in Endpoint local, long wallMicroseconds, ReadOnlySpan<byte> datagram);
}
