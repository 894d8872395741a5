using System.Globalization;
using System.Text;

namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>
/// Escapes of JSON strings (RFC 8259, section 7). The framework's own decoder wants valid UTF-8 around them; here bytes stay
/// as they are.
/// </summary>
internal static class JsonEscapes
{
    /// <summary>Decodes a string that the JSON reader has accepted, so that every escape in it is a whole one.</summary>
    /// <returns>The bytes of the text in UTF-8, one to one; half a surrogate pair is U+FFFD.</returns>
    public static string Decode(ReadOnlySpan<byte> escaped)
    {
        var decoded = new byte[escaped.Length]; // No escape is shorter than what it stands for.
        int length = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                decoded[length++] = escaped[i];
                continue;
            }

            i++;
            if (escaped[i] == 'u')
            {
                Rune rune = ReadRune(escaped[(i + 1)..], out int read);
                length += rune.EncodeToUtf8(decoded.AsSpan(length));
                i += read;
                continue;
            }

            decoded[length++] = escaped[i] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                byte itself => itself, // quotation mark, backslash, slash
            };
        }

        return Encoding.Latin1.GetString(decoded.AsSpan(0, length));
    }

    // The digits behind \u, and the second half of a pair if there is one.
    private static Rune ReadRune(ReadOnlySpan<byte> digits, out int read)
    {
        read = 4;
        char first = ReadUnit(digits);
        if (Rune.TryCreate(first, out Rune rune))
        {
            return rune;
        }

        ReadOnlySpan<byte> next = digits[4..];
        if (next.StartsWith("\\u"u8) && Rune.TryCreate(first, ReadUnit(next[2..]), out rune))
        {
            read = 10;
            return rune;
        }

        return Rune.ReplacementChar;
    }

    private static char ReadUnit(ReadOnlySpan<byte> digits) =>
        (char)ushort.Parse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
