namespace RtpProxy.Sip.Sdp;

/// <summary>The address type of a <c>c=</c> or <c>o=</c> line (RFC 8866 section 9.1).</summary>
public enum SdpAddressFamily
{
    /// <summary><c>IP4</c>.</summary>
    IPv4,

    /// <summary><c>IP6</c>.</summary>
    IPv6,
}
