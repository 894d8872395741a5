using System.Text;

namespace RtpProxy.Io.Posix;

/// <summary>
/// Text from the network, as an argument of a log message: whatever a peer sends, it cannot start a line of its own or move the
/// cursor of the terminal that shows it. A message says by this type which of its arguments a peer may have made up; the text
/// is made safe when the line is made, if one is. Lines of other forms ask for their text in that form.
/// </summary>
internal readonly struct PeerText(string? text)
{
    private const int MaxCharacters = 8192;
    private const int MaxBriefCharacters = 120;

    public static implicit operator PeerText(string? text) => new(text);

    /// <summary>Bytes as Latin-1.</summary>
    public static PeerText Of(ReadOnlySpan<byte> text) => new(Encoding.Latin1.GetString(text));

    /// <summary>Printable ASCII stays as it is, the rest becomes <c>\n</c>, <c>\r</c>, <c>\t</c> or <c>\xNN</c>.</summary>
    public override string ToString() => Escape(text ?? "");

    /// <summary>Text as a word of a short line: cut, and every character that is no printable ASCII a question mark.</summary>
    public static string Brief(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "(none)";
        }

        // Bytes of a message are no text of any known alphabet.
        string cut = text.Length > MaxBriefCharacters ? text[..MaxBriefCharacters] + "..." : text;
        return string.Concat(cut.Select(c => c is >= ' ' and <= '~' ? c : '?'));
    }

    /// <summary>Text of any alphabet as one line: control characters are question marks.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

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
                _ => escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $@"\x{(int)c:X2}"),
            };
        }

        return text.Length > MaxCharacters ? escaped.Append("...").ToString() : escaped.ToString();
    }
}
