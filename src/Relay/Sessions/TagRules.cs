namespace RtpProxy.Relay.Sessions;

/// <summary>The two ways of comparing tags; a tag may end in <c>;N</c>, the number of a media line.</summary>
internal static class TagRules
{
    private const char MediaSeparator = ';';

    /// <summary>One session: <c>U L Q P S C</c>.</summary>
    public static TagMatch MatchExactPair(string sessionTag, string fromTag, string? toTag)
    {
        if (sessionTag == fromTag)
        {
            return TagMatch.Forward;
        }

        if (toTag is null)
        {
            return TagMatch.None;
        }

        return sessionTag == toTag || IsSameMediaOf(sessionTag, toTag, fromTag) ? TagMatch.Reverse : TagMatch.None;
    }

    /// <summary>All media lines of a party: <c>D R N</c>.</summary>
    public static TagMatch MatchBase(string sessionTag, string fromTag, string? toTag)
    {
        if (IsTagOrItsMedia(sessionTag, fromTag))
        {
            return TagMatch.Forward;
        }

        return toTag is not null && IsTagOrItsMedia(sessionTag, toTag) ? TagMatch.Reverse : TagMatch.None;
    }

    /// <summary>One session whose answered party a command names: the same rules, with that party's tag.</summary>
    public static bool IsAnsweredExactly(string answeredTag, string fromTag, string toTag) =>
        answeredTag == toTag || IsSameMediaOf(answeredTag, toTag, fromTag);

    /// <summary>All media lines of an answered party.</summary>
    public static bool IsAnsweredBase(string answeredTag, string toTag) => IsTagOrItsMedia(answeredTag, toTag);

    /// <summary>The tag without its media number: what file names use.</summary>
    public static string WithoutMedia(string tag)
    {
        int at = tag.IndexOf(MediaSeparator, StringComparison.Ordinal);
        return at < 0 ? tag : tag[..at];
    }

    /// <summary>Whether two tags are the same but for their media numbers.</summary>
    public static bool IsOfSameParty(string tag, string other) => PartyIn(tag).SequenceEqual(PartyIn(other));

    private static ReadOnlySpan<char> PartyIn(string tag)
    {
        int at = tag.IndexOf(MediaSeparator, StringComparison.Ordinal);
        return at < 0 ? tag : tag.AsSpan(0, at);
    }

    private static bool IsTagOrItsMedia(string sessionTag, string tag) =>
        sessionTag.StartsWith(tag, StringComparison.Ordinal)
        && (sessionTag.Length == tag.Length || sessionTag[tag.Length] == MediaSeparator);

    private static bool IsSameMediaOf(string sessionTag, string toTag, string fromTag)
    {
        if (sessionTag.Length <= toTag.Length || !IsTagOrItsMedia(sessionTag, toTag))
        {
            return false;
        }

        int ours = sessionTag.LastIndexOf(MediaSeparator);
        int theirs = fromTag.LastIndexOf(MediaSeparator);
        return theirs >= 0 && sessionTag.AsSpan(ours).SequenceEqual(fromTag.AsSpan(theirs));
    }
}
