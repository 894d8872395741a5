namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>Numbers as the protocol writes them: ASCII digits, where allowed with a sign; never hexadecimal.</summary>
internal static class DecimalNumber
{
    /// <summary>Length of the digits at the start of a text.</summary>
    public static int DigitRun(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }

    /// <summary>Nothing but digits; a value beyond <paramref name="max"/> is refused, leading zeros are not.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, long max, out long value)
    {
        value = 0;
        if (text.IsEmpty || DigitRun(text) != text.Length)
        {
            return false;
        }

        foreach (byte digit in text)
        {
            value = (value * 10) + (digit - '0');
            if (value > max)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>As <see cref="TryParse"/>, with a leading <c>+</c> tolerated.</summary>
    public static bool TryParsePositive(ReadOnlySpan<byte> text, long max, out long value) =>
        TryParse(text is [(byte)'+', ..] ? text[1..] : text, max, out value) && value > 0;

    /// <summary>
    /// Digits after an optional sign; a value that no <see cref="int"/> holds becomes the nearest one.
    /// </summary>
    public static bool TryParseSigned(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        bool negative = text is [(byte)'-', ..];
        ReadOnlySpan<byte> digits = negative || text is [(byte)'+', ..] ? text[1..] : text;
        if (digits.IsEmpty || DigitRun(digits) != digits.Length)
        {
            return false;
        }

        value = (TryParse(digits, int.MaxValue, out long magnitude), negative) switch
        {
            (true, false) => (int)magnitude,
            (true, true) => (int)-magnitude,
            (false, false) => int.MaxValue,
            (false, true) => int.MinValue,
        };
        return true;
    }
}
