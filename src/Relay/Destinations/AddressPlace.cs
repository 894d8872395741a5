namespace RtpProxy.Relay.Destinations;

/// <summary>Whether a party can be where it is said to be, as far as that can be told from here without hearing it.</summary>
public enum AddressPlace : byte
{
    /// <summary>Nothing speaks against it; also where nothing was said.</summary>
    Possible,

    /// <summary>A private network that our port for the party is not on (RFC 1918, 4193, 6598).</summary>
    Private,

    /// <summary>Loopback, while our port is not on loopback alone: only a program on this machine can be there.</summary>
    Loopback,

    /// <summary>An address of one link, which our port is not on.</summary>
    LinkLocal,

    /// <summary>An address of this machine: a program on it, or a description that has our own address in it.</summary>
    OwnHost,

    /// <summary>A port or a control socket of our own.</summary>
    OwnPort,

    /// <summary>A port of another session of ours: the call comes through here twice, or the description has our own address in it.</summary>
    OwnSession,

    /// <summary>Multicast, broadcast, 0.0.0.0/8: an address of no host.</summary>
    Nobody,
}
