namespace RtpProxy.Relay.Quality;

/// <summary>What datagrams of a party look like.</summary>
public enum MediaLook : byte
{
    /// <summary>Nothing was received, or nothing that is known.</summary>
    Unknown,

    /// <summary>RTP, encrypted or not (RFC 3550, RFC 3711).</summary>
    Rtp,

    /// <summary>RTCP at the RTP port (RFC 5761).</summary>
    Rtcp,

    /// <summary>RFC 8489.</summary>
    Stun,

    /// <summary>RFC 5764.</summary>
    Dtls,

    /// <summary>UDPTL of a fax (ITU-T T.38).</summary>
    Fax,
}
