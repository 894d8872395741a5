namespace RtpProxy.Relay.Calls;

/// <summary>What does not pass of a party's media (ng protocol).</summary>
[Flags]
public enum MediaGates : byte
{
    None = 0,

    /// <summary>Its media goes no further; RTCP and telephone events do.</summary>
    Media = 1,

    /// <summary>Its telephone events go no further.</summary>
    Digits = 2,

    /// <summary>Nothing is sent to it: its description says that it wants nothing.</summary>
    Toward = 4,

    /// <summary>Nothing of it goes any further.</summary>
    All = 8,

    /// <summary>Its sound is replaced with silence; what cannot be goes no further. RTCP and telephone events pass.</summary>
    Silence = 16,
}
