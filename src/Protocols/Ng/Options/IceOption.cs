namespace RtpProxy.Protocols.Ng.Options;

/// <summary>The value of <c>ICE</c> (ng protocol, 9.5).</summary>
public enum IceOption
{
    /// <summary>Absent, <c>default</c>, or a word that is not known: as the offerer does.</summary>
    Default,

    /// <summary><c>remove</c>.</summary>
    Remove,

    /// <summary><c>force</c>.</summary>
    Force,

    /// <summary><c>optional</c>: beside the parties' own candidates.</summary>
    Optional,

    /// <summary><c>force-relay</c>: the same, as a relay's candidate.</summary>
    ForceRelay,
}
