namespace RtpProxy.Protocols.Rtpp;

/// <summary>
/// Tells the name of a notification socket from a tag by its beginning. No tag of SIP looks like this (RFC 3261 section 25.1:
/// neither colons nor slashes).
/// </summary>
internal static class NotifySocketText
{
    /// <summary>A path from the root, or a name with one of the schemes that controllers are configured with.</summary>
    public static bool IsSocket(ReadOnlySpan<byte> word) =>
        word.StartsWith("/"u8)
        || word.StartsWith("tcp:"u8)
        || word.StartsWith("unix:"u8)
        || word.StartsWith("http://"u8)
        || word.StartsWith("https://"u8);

    /// <inheritdoc cref="IsSocket(ReadOnlySpan{byte})"/>
    public static bool IsSocket(ReadOnlySpan<char> word) =>
        word.StartsWith("/", StringComparison.Ordinal)
        || word.StartsWith("tcp:", StringComparison.Ordinal)
        || word.StartsWith("unix:", StringComparison.Ordinal)
        || word.StartsWith("http://", StringComparison.Ordinal)
        || word.StartsWith("https://", StringComparison.Ordinal);
}
