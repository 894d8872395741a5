namespace RtpProxy.Relay.Calls;

/// <summary>What a media line carries (ng protocol).</summary>
public enum MediaKind : byte
{
    /// <summary>RTP, with RTCP on the port after.</summary>
    Rtp,

    /// <summary>Datagrams of something else, such as T.38: relayed, and not looked into.</summary>
    Opaque,

    /// <summary>No datagrams: the parties send it past us.</summary>
    Unrelayed,
}
