namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Attributes that have one fate in common.</summary>
internal static class AttributeKinds
{
    public static bool IsDirection(ReadOnlySpan<char> name) => name is "sendrecv" or "sendonly" or "recvonly" or "inactive";

    /// <summary>Where to check connectivity past the relay (RFC 8839).</summary>
    public static bool IsIce(ReadOnlySpan<char> name) =>
        name is "candidate" or "remote-candidates" or "end-of-candidates" || name.StartsWith("ice-", StringComparison.Ordinal);

    /// <summary>How keys are agreed on (RFC 4568, 8122, 8842).</summary>
    public static bool IsKeying(ReadOnlySpan<char> name) =>
        name is "crypto" or "setup" or "fingerprint" or "tls-id" or "connection";

    /// <summary>RFC 8285.</summary>
    public static bool IsExtension(ReadOnlySpan<char> name) => name is "extmap" or "extmap-allow-mixed";

    /// <summary>What belongs to a payload type, the first word of the value.</summary>
    public static bool IsOfPayloadType(ReadOnlySpan<char> name) => name is "rtpmap" or "fmtp" or "rtcp-fb";
}
