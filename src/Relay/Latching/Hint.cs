namespace RtpProxy.Relay.Latching;

/// <summary>What the last command about the party lets expect, least first.</summary>
internal enum Hint : byte
{
    None,

    /// <summary>A command that changed nothing, a hold or a resume: the party may speak from another port of its host.</summary>
    Repeated,

    /// <summary>A new address was signalled, and the party was heard anew since.</summary>
    Settled,

    /// <summary>A new address was signalled, and the party went on where it was.</summary>
    Confirmed,

    /// <summary>A new address was signalled, and nothing has shown yet where the party is.</summary>
    NewAddress,

    /// <summary>The same, and it is another party's: a fork of the call answered.</summary>
    AnotherParty,
}
