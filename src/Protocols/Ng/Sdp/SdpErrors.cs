namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The texts of <c>error-reason</c> that a session description, alone or with the options beside it, can earn.</summary>
public static class SdpErrors
{
    /// <summary>What was sent is no session description, or more of one than is read.</summary>
    public const string Unreadable = "Failed to parse SDP";

    /// <summary>A media line has no address; also the flag <c>SIP-source-address</c> without <c>received-from</c>.</summary>
    public const string Incomplete = "Incomplete SDP specification";

    /// <summary>No media line at all.</summary>
    public const string NothingToRewrite = "Error rewriting SDP";

    /// <summary>With all that <c>sdp-attr</c> adds it would not be read again.</summary>
    public const string TooLong = "SDP too long";

    /// <summary>One side would be encrypted and the other not, or each in another way.</summary>
    public const string SrtpUnsupported = "SRTP is not supported";

    /// <summary>ICE was asked for by force.</summary>
    public const string IceUnsupported = "ICE is not supported";
}
