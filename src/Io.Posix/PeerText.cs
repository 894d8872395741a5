using System.Text;

namespace RtpProxy.Io.Posix;

/// <summary>
/// Makes text from the network fit for a log line: whatever a peer sends, it cannot start a line of its own or move the
/// cursor of the terminal that shows it.
/// </summary>
internal static class PeerText
{
    private const int MaxCharacters = 8192;

    /// <summary>Bytes as Latin-1.</summary>
    public static string Escape(ReadOnlySpan<byte> text) => Escape(Encoding.Latin1.GetString(text));

    /// <summary>Printable ASCII stays as it is, the rest becomes <c>\n</c>, <c>\r</c>, <c>\t</c> or <c>\xNN</c>.</summary>
    public static string Escape(string text)
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
