using System.Net;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Ports;

/// <summary>Tells whether a datagram came from one of our own media ports, whichever worker has it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OpenMediaPorts(PortRange range, IOwnAddresses own)
{
    /// <param name="source">Where the datagram came from.</param>
    /// <param name="since">It was sent after this. A port may have been closed since then.</param>
    public bool Sent(IPEndPoint source, Instant since)
    {
        if (source.Port < range.Lowest || source.Port > range.Highest + 1)
        {
            return false;
        }

        if (range.WasOpenSince(source.Address, source.Port, since))
        {
            return true; // with its scope, as it may be bound
        }

        Span<Endpoint> bound = stackalloc Endpoint[OwnAddresses.MaxBound];
        int count = own.Current.FindBound(Endpoint.From(source.Address, source.Port), bound);
        foreach (Endpoint candidate in bound[..count])
        {
            if (range.WasOpenSince(candidate.ToIPAddress(), source.Port, since))
            {
                return true;
            }
        }

        return false;
    }
}
