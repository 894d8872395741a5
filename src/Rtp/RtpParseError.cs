namespace RtpProxy.Rtp;

/// <summary>Why a datagram is not an RTP packet (RFC 3550 appendix A.1; media rules, section 4.1).</summary>
public enum RtpParseError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>The second byte, 200 to 213, marks an RTCP packet (RFC 5761 section 4); only tested when asked for.</summary>
    LooksLikeRtcp,

    /// <summary>Fewer bytes than the fixed header of 12.</summary>
    TooShort,

    /// <summary>The version field is not 2.</summary>
    WrongVersion,

    /// <summary>The packet ends within the list of contributing sources.</summary>
    CsrcListTruncated,

    /// <summary>The extension bit is set and the packet ends within the extension.</summary>
    ExtensionTruncated,

    /// <summary>The padding bit is set and nothing follows the headers.</summary>
    PaddingMissing,

    /// <summary>The padding count, which counts itself, is zero.</summary>
    PaddingIsZero,

    /// <summary>The padding count is larger than what follows the headers.</summary>
    PaddingTooLong,
}
