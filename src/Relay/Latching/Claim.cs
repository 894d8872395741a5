namespace RtpProxy.Relay.Latching;

/// <summary>Why somebody other than the present source might be the party, worst first; who claims more is watched.</summary>
internal enum Claim : byte
{
    None,

    /// <summary>Nobody better is heard.</summary>
    Nobody,

    /// <summary>It is on the host that was heard or signalled, and something said that the party may change there.</summary>
    Host,

    /// <summary>It carries the party's stream on.</summary>
    Stream,
}
