using System.Buffers;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>
/// Where an IPv6 address without brackets ends, as OpenSIPS writes it in <c>R::1c0,8</c>: the codec list behind it begins with a
/// letter that might be a digit of the address.
/// </summary>
internal static class UnbracketedIPv6
{
    private static readonly SearchValues<byte> AddressBytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>
    /// The length of the address at the start of a text; 0 if there is none, all of its digits and colons if what begins like
    /// one is none. When a <c>c</c> with decimal digits behind it ends the digits, it is taken for a codec list, which
    /// controllers send with all but a few media.
    /// </summary>
    public static int LengthOf(ReadOnlySpan<byte> text)
    {
        int run = text.IndexOfAnyExcept(AddressBytes);
        ReadOnlySpan<byte> digits = run < 0 ? text : text[..run];
        if (!digits.Contains((byte)':'))
        {
            return 0;
        }

        int list = digits.LastIndexOfAny((byte)'c', (byte)'C');
        if (list > 0 && list + 1 < digits.Length && DecimalNumber.DigitRun(digits[(list + 1)..]) == digits.Length - list - 1
            && IsAddress(digits[..list]))
        {
            return list;
        }

        // Modifiers a, c, e and 6 may follow at once: the longest beginning that is an address counts.
        for (int length = digits.Length; length > 1; length--)
        {
            if (IsAddress(digits[..length]))
            {
                return length;
            }
        }

        return digits.Length;
    }

    private static bool IsAddress(ReadOnlySpan<byte> text) => AddressLiteral.TryParseIPv6(text, out _);
}
