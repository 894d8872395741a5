namespace RtpProxy.Rtp.Rtcp;

/// <summary>Why bytes are not an RTCP packet (RFC 3550 appendix A.2).</summary>
public enum RtcpParseError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Fewer bytes than the common header of 4.</summary>
    TooShort,

    /// <summary>The version field is not 2.</summary>
    WrongVersion,

    /// <summary>The second byte is outside 200 to 213.</summary>
    UnknownPacketType,

    /// <summary>The length field points past the end of the datagram.</summary>
    LengthPastEnd,
}
