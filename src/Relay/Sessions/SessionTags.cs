namespace RtpProxy.Relay.Sessions;

/// <summary>The tags by which a request names sessions of a call.</summary>
/// <param name="FromMayBeEmpty">What was read as from-tag may be the to-tag.</param>
public readonly record struct SessionTags(string From, string? To, bool FromMayBeEmpty = false)
{
    /// <summary>
    /// Reads them the second way, for when no session has either: the from-tag is nobody's, and the to-tag that of a party who
    /// answered. False when there is no to-tag to read.
    /// </summary>
    internal bool TryReadAnswered(out string from, out string to)
    {
        from = To is null ? "" : From;
        to = To ?? From;
        return To is not null || FromMayBeEmpty;
    }
}
