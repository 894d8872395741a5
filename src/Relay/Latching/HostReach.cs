using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>What public and private addresses (<see cref="Reach"/>) mean for who may be heard.</summary>
public static class HostReach
{
    public static Reach Of(in Endpoint host) => host.Reach;

    /// <summary>
    /// Whether a party that signals one host may be seen at another: not where that is public, and known to be so by
    /// <paramref name="reach"/>.
    /// </summary>
    public static bool MayBeSeenAt(in Endpoint signalled, Reach reach, in Endpoint source) => reach switch
    {
        Reach.Public => !signalled.IsKnown,
        Reach.Private => true,
        _ => Of(source) != Reach.Loopback, // on one machine there is no NAT
    };
}
