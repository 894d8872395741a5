namespace RtpProxy.Protocols.Rtpp;

/// <summary>
/// A socket as operators and controllers write it (control protocol, sections 1.1 and 7.2): a kind and a colon, then a path, or
/// <c>HOST[:PORT]</c>, or nothing. Who reads one says which kinds there are and what a text without a kind is.
/// </summary>
/// <param name="Kind">One of those that were asked for, as it was asked for; null if the text begins with none.</param>
/// <param name="Rest">What follows the kind; the whole text without one.</param>
internal readonly record struct SocketText(string? Kind, string Rest)
{
    /// <param name="kinds">Without the colon.</param>
    /// <param name="comparison">How the kind is compared.</param>
    public static SocketText Split(
        string text, IReadOnlyList<string> kinds, StringComparison comparison = StringComparison.Ordinal)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(kinds);
        string? kind = kinds.FirstOrDefault(
            kind => text.StartsWith(kind, comparison) && text.AsSpan(kind.Length).StartsWith(":", StringComparison.Ordinal));
        return new SocketText(kind, kind is null ? text : text[(kind.Length + 1)..]);
    }

    /// <summary>
    /// The last colon parts: an IPv6 literal therefore needs an explicit port after it, unless it may stand in brackets.
    /// </summary>
    /// <param name="takesBrackets">Brackets at the end are the host's.</param>
    /// <param name="port">Without its colon; null if there is none.</param>
    /// <returns>The host, which may be empty, with its brackets.</returns>
    public string HostAndPort(bool takesBrackets, out string? port)
    {
        int colon = takesBrackets && Rest.EndsWith(']') ? -1 : Rest.LastIndexOf(':');
        port = colon < 0 ? null : Rest[(colon + 1)..];
        return colon < 0 ? Rest : Rest[..colon];
    }
}
