namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The profiles of RTP that a media line can name, and <c>transport-protocol</c> can ask for.</summary>
public enum SdpProfile
{
    /// <summary>No profile of RTP.</summary>
    None,

    /// <summary><c>RTP/AVP</c> (RFC 3551).</summary>
    Avp,

    /// <summary><c>RTP/AVPF</c> (RFC 4585).</summary>
    Avpf,

    /// <summary><c>RTP/SAVP</c> (RFC 3711).</summary>
    Savp,

    /// <summary><c>RTP/SAVPF</c> (RFC 5124).</summary>
    Savpf,

    /// <summary><c>UDP/TLS/RTP/SAVP</c> (RFC 5764).</summary>
    DtlsSavp,

    /// <summary><c>UDP/TLS/RTP/SAVPF</c> (RFC 5764).</summary>
    DtlsSavpf,
}
