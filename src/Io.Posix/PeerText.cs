using System.Text;

namespace RtpProxy.Io.Posix;

/// <summary>
/// Text from the network, as an argument of a log message: whatever a peer sends, it cannot start a line of its own or move the
/// cursor of the terminal that shows it. A message says by this type which of its arguments a peer may have made up; the text
/// is made safe when the line is made, if one is.
/// </summary>
internal readonly struct PeerText(string? text)
{
    private const int MaxCharacters = 8192;

    public static implicit operator PeerText(string? text) => new(text);

    /// <summary>Bytes as Latin-1.</summary>
    public static PeerText Of(ReadOnlySpan<byte> text) => new(Encoding.Latin1.GetString(text));

    /// <summary>Printable ASCII stays as it is, the rest becomes <c>\n</c>, <c>\r</c>, <c>\t</c> or <c>\xNN</c>.</summary>
    public override string ToString() => Escape(text ?? "");

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
