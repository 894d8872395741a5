namespace RtpProxy.Relay.Latching;

/// <summary>How far the source of a datagram is what signalling let expect, worst first.</summary>
public enum SourceRank : byte
{
    /// <summary>Nobody has been heard.</summary>
    None,

    /// <summary>Another host, and the datagram is not even RTP.</summary>
    StrangeDatagram,

    /// <summary>Another host, speaking RTP: a party whose session description shows an address behind its NAT, or an intruder.</summary>
    Stranger,

    /// <summary>The signalled host from another port: the usual NAT.</summary>
    SameHost,

    /// <summary>The signalled host and port.</summary>
    Exact,
}
