using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>Digits of <c>play DTMF</c> as events of RFC 4733, section 3.2.</summary>
internal static class DtmfEvents
{
    private const string Digits = "0123456789*#ABCD";

    /// <summary>
    /// A digit, or the number of an event; the string <c>5</c> is both. Null for anything else.
    /// </summary>
    public static byte? Parse(NgValue code)
    {
        if (code.Text is [var digit] && Digits.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal) is >= 0 and var dtmf)
        {
            return (byte)dtmf;
        }

        return code.Number is >= 0 and <= 15 and { } number ? (byte)number : null;
    }
}
