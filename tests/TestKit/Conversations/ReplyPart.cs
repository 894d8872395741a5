using System.Globalization;
using System.Text;

namespace RtpProxy.TestKit.Conversations;

/// <summary>A piece of a <see cref="ReplyPattern"/>.</summary>
internal abstract record ReplyPart
{
    private ReplyPart()
    {
    }

    /// <summary>Exactly these bytes.</summary>
    public sealed record Literal(byte[] Bytes) : ReplyPart;

    /// <summary>
    /// <c>{P1}</c>: a port, named at its first use and equal later; <c>{P2!P1}</c>: and another one than P1.
    /// </summary>
    public sealed record Port(string Name, string? OtherThan) : ReplyPart;

    /// <summary><c>{ttl 60}</c>: a time-to-live, which may have run down by some seconds where time is real.</summary>
    public sealed record Ttl(int Seconds) : ReplyPart;

    public static IReadOnlyList<ReplyPart> ParseLines(IReadOnlyList<string> lines)
    {
        var parts = new List<ReplyPart>();
        var literal = new List<byte>();
        foreach (string line in lines)
        {
            int position = 0;
            while (position < line.Length)
            {
                if (line[position] == '{')
                {
                    Flush(literal, parts);
                    parts.Add(ParsePlaceholder(line, ref position));
                }
                else if (line[position] == '\\')
                {
                    literal.Add(TalkText.ReadEscape(line, ref position));
                }
                else
                {
                    int length = char.IsHighSurrogate(line[position]) ? 2 : 1;
                    literal.AddRange(Encoding.UTF8.GetBytes(line, position, length));
                    position += length;
                }
            }

            literal.Add((byte)'\n');
        }

        Flush(literal, parts);
        return parts;
    }

    private static void Flush(List<byte> literal, List<ReplyPart> parts)
    {
        if (literal.Count > 0)
        {
            parts.Add(new Literal([.. literal]));
            literal.Clear();
        }
    }

    private static ReplyPart ParsePlaceholder(string line, ref int position)
    {
        int close = line.IndexOf('}', position);
        string text = close < 0 ? line[position..] : line[(position + 1)..close];
        position = close + 1;
        if (close >= 0)
        {
            if (text.StartsWith("ttl ", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            {
                return new Ttl(seconds);
            }

            string[] names = text.Split('!');
            if (names.Length <= 2 && names.All(IsName))
            {
                return new Port(names[0], names.Length == 2 ? names[1] : null);
            }
        }

        throw new FormatException($"expected {{NAME}}, {{NAME!OTHER}} or {{ttl N}} instead of {text}");
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(char.IsAsciiLetterOrDigit);
}
