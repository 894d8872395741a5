namespace RtpProxy.SipEdge.Trust;

/// <summary>What came of a look at a request's credentials.</summary>
internal enum DigestOutcome
{
    /// <summary>It brings none for our realm.</summary>
    None,

    /// <summary>They are not right; who is told so cannot tell whether the user exists.</summary>
    Wrong,

    /// <summary>They are right, but their nonce is too old or was used: to be asked for again without asking the person.</summary>
    Stale,

    /// <summary>They are right.</summary>
    Right,
}
