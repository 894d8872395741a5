using System.Buffers;
using System.Globalization;
using System.Text;

namespace RtpProxy.Lines;

/// <summary>
/// Text from the network where people see it: whatever a peer sends, it cannot start a line of its own, move the cursor of the
/// terminal that shows it, or turn the order of what stands beside it. A value is an argument of a log message: by its type the
/// message says which of its arguments a peer may have made up, and the text is made safe when the line is made, if one is. Text
/// for other places is asked for in their form.
/// </summary>
internal readonly record struct PeerText(string? Text)
{
    private const int MaxCharacters = 8192;
    private const int MaxBriefCharacters = 120;

    public static implicit operator PeerText(string? text) => new(text);

    /// <summary>Bytes as Latin-1.</summary>
    public static PeerText Of(ReadOnlySpan<byte> text) => new(Encoding.Latin1.GetString(text));

    /// <summary>
    /// For a log: printable ASCII stays as it is, the rest becomes <c>\n</c>, <c>\r</c>, <c>\t</c> or <c>\xNN</c>. Cut behind 8,192
    /// characters.
    /// </summary>
    public override string ToString() => Escape(Text ?? "");

    /// <summary>A word of a short line: cut behind 120 characters, and each that is no printable ASCII a question mark.</summary>
    /// <param name="text">Bytes of a message as Latin-1: they are no text of any known alphabet.</param>
    public static string Brief(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "(none)";
        }

        string cut = text.Length > MaxBriefCharacters ? text[..MaxBriefCharacters] + "..." : text;
        return Replace(cut, static c => c.Value is >= ' ' and <= '~', '?');
    }

    /// <summary>
    /// What may stand between quotation marks in a header field, with nothing escaped (RFC 3261 section 25.1); the rest becomes
    /// question marks.
    /// </summary>
    public static string Quotable(string text) => Replace(text, static c => c.Value is >= ' ' and <= '~' and not ('"' or '\\'), '?');

    /// <summary>
    /// Text of any alphabet as one line, harmless on a terminal: control characters, line and paragraph separators, characters
    /// that are not seen (those that turn the direction of writing among them: U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069)
    /// and halves of surrogate pairs are dots.
    /// </summary>
    public static string OneLine(string text) => Replace(text, static c => Rune.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator), '.');

    private static string Replace(string text, Func<Rune, bool> isHarmless, char instead)
    {
        ArgumentNullException.ThrowIfNull(text);
        var safe = new StringBuilder(text.Length);
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            bool isCharacter = Rune.DecodeFromUtf16(rest, out Rune character, out int length) == OperationStatus.Done;
            _ = isCharacter && isHarmless(character) ? safe.Append(rest[..length]) : safe.Append(instead);
            rest = rest[length..];
        }

        return safe.ToString();
    }

    private static string Escape(string text)
    {
        if (text.Length <= MaxCharacters && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxCharacters)))
        {
            _ = c switch
            {
                >= ' ' and <= '~' => escaped.Append(c),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                _ => escaped.Append(CultureInfo.InvariantCulture, $@"\x{(int)c:X2}"),
            };
        }

        return text.Length > MaxCharacters ? escaped.Append("...").ToString() : escaped.ToString();
    }
}
