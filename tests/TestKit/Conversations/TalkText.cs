using System.Globalization;
using System.Text;

namespace RtpProxy.TestKit.Conversations;

/// <summary>The text after <c>&gt;</c>: escapes and repetitions become bytes; other characters are UTF-8.</summary>
internal static class TalkText
{
    private const int MaxRepetitions = 100_000;

    /// <exception cref="FormatException">An escape or a repetition is malformed.</exception>
    public static byte[] Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        int position = 0;
        while (position < text.Length)
        {
            if (text[position] == '{' && TryReadRepetition(text, position, out string item, out int times, out int next))
            {
                byte[] decoded = Decode(item);
                for (int i = 0; i < times; i++)
                {
                    bytes.AddRange(decoded);
                }

                position = next;
            }
            else if (text[position] == '\\')
            {
                bytes.Add(ReadEscape(text, ref position));
            }
            else
            {
                int length = char.IsHighSurrogate(text[position]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text, position, length));
                position += length;
            }
        }

        return [.. bytes];
    }

    /// <summary><c>\n \t \r \0 \\ \xHH</c> at a position, which moves behind it.</summary>
    public static byte ReadEscape(string text, ref int position)
    {
        char letter = position + 1 < text.Length ? text[position + 1] : ' ';
        position += 2;
        switch (letter)
        {
            case 'n':
                return (byte)'\n';
            case 't':
                return (byte)'\t';
            case 'r':
                return (byte)'\r';
            case '0':
                return 0;
            case '\\':
            case '{':
                return (byte)letter;
            case 'x' when position + 2 <= text.Length
                && byte.TryParse(
                    text.AsSpan(position, 2),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out byte value):
                position += 2;
                return value;
            default:
                throw new FormatException(@"expected one of \n \t \r \0 \\ \{ \xHH");
        }
    }

    /// <summary><c>{item}xN</c>; braces without <c>xN</c> behind them are ordinary characters.</summary>
    private static bool TryReadRepetition(string text, int start, out string item, out int times, out int next)
    {
        item = "";
        times = 0;
        int close = text.IndexOf('}', start);
        next = close + 2;
        if (close < 0 || close + 2 >= text.Length || text[close + 1] != 'x')
        {
            return false;
        }

        while (next < text.Length && char.IsAsciiDigit(text[next]))
        {
            next++;
        }

        string digits = text[(close + 2)..next];
        if (digits.Length == 0)
        {
            return false;
        }

        if (!int.TryParse(digits, CultureInfo.InvariantCulture, out times) || times > MaxRepetitions)
        {
            throw new FormatException($"expected at most {MaxRepetitions} repetitions");
        }

        item = text[(start + 1)..close];
        return true;
    }
}
