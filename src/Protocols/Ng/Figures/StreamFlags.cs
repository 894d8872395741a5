namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>The words of <c>flags</c> of a stream (ng protocol, 7.1).</summary>
[Flags]
public enum StreamFlags
{
    None = 0,

    /// <summary>Carries RTP; with <see cref="Rtcp"/> both.</summary>
    Rtp = 1,

    /// <summary>Carries RTCP.</summary>
    Rtcp = 2,

    /// <summary>Would carry RTCP if it were not muxed.</summary>
    FallbackRtcp = 4,

    /// <summary>The address to send to is known.</summary>
    Filled = 8,

    /// <summary>It was learned from packets.</summary>
    Confirmed = 16,

    StrictSource = 32,

    MediaHandover = 64,
}
