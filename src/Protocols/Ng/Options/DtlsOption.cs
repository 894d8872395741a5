namespace RtpProxy.Protocols.Ng.Options;

/// <summary>The value of <c>DTLS</c> (ng protocol, 9.3).</summary>
public enum DtlsOption
{
    /// <summary>Absent, or a word that is not known.</summary>
    Default,

    /// <summary><c>off</c>, <c>no</c>, <c>disable</c>.</summary>
    Off,

    /// <summary><c>passive</c>: wait for the peer's hand-shake.</summary>
    Passive,

    /// <summary><c>active</c>.</summary>
    Active,
}
