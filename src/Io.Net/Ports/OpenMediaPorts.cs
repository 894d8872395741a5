using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Ports;

/// <summary>Tells whether a datagram came from one of our own media ports, whichever worker has it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OpenMediaPorts(PortRange range, IOwnAddresses own)
{
    /// <param name="source">Where the datagram came from, with its scope.</param>
    /// <param name="since">It was sent after this. A port may have been closed since then.</param>
    public bool Sent(in Endpoint source, Instant since)
    {
        int port = source.Port;
        if (port < range.Lowest || port > range.Highest + 1)
        {
            return false;
        }

        if (range.WasOpenSince(source.ToIPAddress(), port, since))
        {
            return true; // with its scope, as it may be bound
        }

        Span<Endpoint> bound = stackalloc Endpoint[OwnAddresses.MaxBound];
        int count = own.Current.FindBound(source, bound);
        foreach (Endpoint candidate in bound[..count])
        {
            if (range.WasOpenSince(candidate.ToIPAddress(), port, since))
            {
                return true;
            }
        }

        return false;
    }
}
