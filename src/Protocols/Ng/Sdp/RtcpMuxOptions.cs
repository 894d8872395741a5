namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The values of the option <c>rtcp-mux</c> in an offer.</summary>
[Flags]
public enum RtcpMuxOptions
{
    None = 0,

    /// <summary>Offer it to the answerer, whatever the offerer said.</summary>
    Offer = 1,

    /// <summary>Offer it, and no port for RTCP beside it.</summary>
    Require = 2,

    /// <summary>Do it with the offerer only.</summary>
    Demux = 4,

    /// <summary>Do it with the offerer, whatever the answerer says.</summary>
    Accept = 8,

    /// <summary>Do not do it with the offerer.</summary>
    Reject = 16,
}
