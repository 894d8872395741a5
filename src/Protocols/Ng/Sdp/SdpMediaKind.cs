namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What a relay of datagrams can do with a media line.</summary>
public enum SdpMediaKind
{
    /// <summary>A profile of RTP: RTP and RTCP, understood.</summary>
    Rtp,

    /// <summary>Something else in datagrams (<c>udptl</c>, <c>UDP/BFCP</c>): carried, never looked into.</summary>
    Opaque,

    /// <summary>Media over TCP, or of a transport that nobody knows: it keeps its own address and port.</summary>
    NotRelayed,
}
