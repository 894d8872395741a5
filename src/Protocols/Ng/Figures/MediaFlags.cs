namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>The words of <c>flags</c> of a media line (ng protocol, 7.1).</summary>
[Flags]
public enum MediaFlags
{
    None = 0,

    /// <summary>The party has said what it wants.</summary>
    Initialized = 1,

    Asymmetric = 2,

    /// <summary>We send media to the party.</summary>
    Send = 4,

    /// <summary>We receive media from it.</summary>
    Receive = 8,

    RtcpMux = 16,

    /// <summary>Encrypted between the parties, and passed on untouched.</summary>
    PassThrough = 32,

    /// <summary>A profile with feedback (RFC 4585).</summary>
    RtcpFeedback = 64,
}
