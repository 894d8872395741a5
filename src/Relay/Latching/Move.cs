namespace RtpProxy.Relay.Latching;

/// <summary>Why somebody else than the present source is the party now.</summary>
internal enum Move : byte
{
    /// <summary>It is not.</summary>
    No,

    /// <summary>Nobody was heard before.</summary>
    First,

    /// <summary>It is nearer to what was signalled.</summary>
    Better,

    /// <summary>It carries the stream on.</summary>
    CarriesOn,

    /// <summary>The source that was left is back.</summary>
    Returns,

    /// <summary>The old source was silent for long, and may have lost its NAT binding.</summary>
    AfterSilence,

    /// <summary>It goes on after a command, or in place of one that had hardly begun.</summary>
    GoesOn,

    /// <summary>It goes on after a new address was signalled.</summary>
    GoesOnAnew,

    /// <summary>It goes on on the host that was heard before somebody elsewhere was taken for the party, who was not.</summary>
    IsBack,

    /// <summary>It goes on on a host that neither was heard nor signalled.</summary>
    GoesOnElsewhere,

    /// <summary>Another party has answered.</summary>
    AnotherParty,

    /// <summary>The source was a lone datagram.</summary>
    Outlives,

    /// <summary>The source was a stranger like this one, had hardly spoken, and paused.</summary>
    Displaces,
}
