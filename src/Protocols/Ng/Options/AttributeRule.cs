namespace RtpProxy.Protocols.Ng.Options;

/// <summary>One manipulation of attribute lines (ng protocol, 4.3: <c>sdp-attr</c>).</summary>
/// <param name="Media">The type of the media descriptions that it is for, in lower case; empty for the session's lines.</param>
/// <param name="Text">
/// What follows <c>a=</c>: of a line to add; or of lines to be found, which are those that say just this, and those of this name.
/// </param>
/// <param name="Substitute">What such a line says instead; empty unless that is the action.</param>
public readonly record struct AttributeRule(string Media, AttributeAction Action, string Text, string Substitute)
{
    /// <summary>Rules of one message.</summary>
    public const int MaxCount = 64;

    /// <summary>Characters of a line's text.</summary>
    public const int MaxText = 255;

    /// <param name="text">Of a line, behind <c>a=</c>.</param>
    internal bool Finds(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Text, StringComparison.Ordinal))
        {
            return false;
        }

        return text.Length == Text.Length || text[Text.Length] == ':';
    }
}
