namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>How <c>a=rtcp</c> is written.</summary>
public enum RtcpAttribute
{
    /// <summary>The port alone.</summary>
    Port,

    /// <summary>Port and address (<c>full-rtcp-attribute</c>).</summary>
    PortAndAddress,

    /// <summary>Not at all (<c>no-rtcp-attribute</c>).</summary>
    None,
}
