using System.Globalization;
using RtpProxy.Codecs.Srtp;

namespace RtpProxy.ExtractAudio;

/// <summary>The value of <c>--alice-crypto</c> and <c>--bob-crypto</c>: <c>suite:key</c>, as in SDP (RFC 4568).</summary>
internal static class CryptoArgument
{
    private const int KeyCharacters = SrtpKey.Length * 4 / 3;

    /// <summary>Null when the text is wrong; <paramref name="error"/> says how.</summary>
    public static SrtpKey? Parse(string text, out string error)
    {
        error = "";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            error = $"invalid crypto argument must be in the format \"<suite>:<base64_key>\": {text}";
            return null;
        }

        string suiteName = text[..colon];
        SrtpSuite suite;
        if (suiteName.Equals("AES_CM_128_HMAC_SHA1_80", StringComparison.OrdinalIgnoreCase))
        {
            suite = SrtpSuite.AesCm128HmacSha1Tag80;
        }
        else if (suiteName.Equals("AES_CM_128_HMAC_SHA1_32", StringComparison.OrdinalIgnoreCase))
        {
            suite = SrtpSuite.AesCm128HmacSha1Tag32;
        }
        else
        {
            error = $"unknown or unsupported crypto suite: {suiteName}";
            return null;
        }

        string base64 = text[(colon + 1)..];
        if (base64.Length != KeyCharacters)
        {
            error = string.Create(
                CultureInfo.InvariantCulture,
                $"invalid length of base64 key encoding, expected {KeyCharacters}, supplied {base64.Length}");
            return null;
        }

        Span<byte> key = stackalloc byte[SrtpKey.Length];
        bool isDecoded = Convert.TryFromBase64String(base64, key, out int length);
        if (!isDecoded || length != SrtpKey.Length || base64.Any(char.IsWhiteSpace))
        {
            error = "error: padding in base64 unexpected";
            return null;
        }

        return new SrtpKey(suite, key);
    }
}
