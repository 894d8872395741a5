namespace RtpProxy.Daemon.Options;

/// <summary>Numbers on the command line, read as strtol(3) reads them: leading blanks and a sign are allowed.</summary>
internal static class DecimalArgument
{
    /// <param name="numberBase">8, 10 or 16.</param>
    public static NumberFault Read(string text, int min, int max, out int value, int numberBase = 10)
    {
        value = 0;
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart(" \t\n\v\f\r");
        bool negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+'))
        {
            digits = digits[1..];
        }

        if (digits.IsEmpty)
        {
            return NumberFault.NotANumber;
        }

        long magnitude = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : numberBase;
            if (digit >= numberBase)
            {
                return NumberFault.NotANumber;
            }

            // Beyond any limit of an option, so the exact number no longer matters.
            magnitude = Math.Min((magnitude * numberBase) + digit, uint.MaxValue);
        }

        long number = negative ? -magnitude : magnitude;
        if (number < min || number > max)
        {
            return NumberFault.OutOfRange;
        }

        value = (int)number;
        return NumberFault.None;
    }
}
