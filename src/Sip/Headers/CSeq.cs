using System.Globalization;

namespace RtpProxy.Sip.Headers;

/// <summary><c>CSeq: 314159 INVITE</c> (RFC 3261 section 20.16).</summary>
/// <param name="Number">Less than 2^31 (section 8.1.1.5).</param>
/// <param name="Method">The method as written; methods are case-sensitive.</param>
public readonly record struct CSeq(uint Number, string Method)
{
    public static bool TryParse(string text, TextSpan value, out CSeq cseq, out ParseError error)
    {
        cseq = default;
        ReadOnlySpan<char> content = value.In(text);
        int digits = content.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? content.Length : digits;
        if (!uint.TryParse(content[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            || number > int.MaxValue)
        {
            error = new ParseError(value.Start, "a sequence number below 2147483648");
            return false;
        }

        TextSpan method = TextSpan.FromBounds(value.Start + digits, value.End).Trim(text);
        if (method.Start == value.Start + digits || !SipCharacters.IsToken(method.In(text)))
        {
            error = new ParseError(value.Start + digits, "a blank and a method");
            return false;
        }

        cseq = new CSeq(number, method.Copy(text));
        error = default;
        return true;
    }
}
