namespace RtpProxy.SipEdge;

/// <summary>Text of peers, made fit for a log: short, and without control characters.</summary>
internal static class PeerText
{
    private const int MaxLength = 120;

    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "(none)";
        }

        string cut = text.Length > MaxLength ? text[..MaxLength] + "..." : text;
        return Printable(cut);
    }

    /// <summary>Any text as one line: what does not print is shown as a question mark.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));

    // Bytes of a message are no text of any known alphabet.
    private static string Printable(string text) =>
        string.Concat(text.Select(character => character is >= ' ' and <= '~' ? character : '?'));
}
