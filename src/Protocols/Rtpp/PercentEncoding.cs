using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>How a notify tag carries any byte inside one word (control protocol, section 3.6).</summary>
internal static class PercentEncoding
{
    // '&' is escaped because a word that is exactly "&&" would start a sub-command.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!\"#$'()*,-./:;<=>?@[\\]^_`{|}~"u8);

    /// <summary><c>%XX</c> becomes that byte and <c>+</c> a space; every other byte stays.</summary>
    /// <returns>False if a <c>%</c> is not followed by two hexadecimal digits.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] decoded)
    {
        decoded = [];
        var bytes = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'+':
                    bytes[length++] = (byte)' ';
                    break;
                case (byte)'%':
                    if (text.Length - i < 3
                        || !Utf8Parser.TryParse(text.Slice(i + 1, 2), out byte value, out int digits, 'x')
                        || digits != 2)
                    {
                        return false;
                    }

                    bytes[length++] = value;
                    i += 2;
                    break;
                default:
                    bytes[length++] = text[i];
                    break;
            }
        }

        decoded = bytes[..length];
        return true;
    }

    /// <summary>
    /// The word that <see cref="TryDecode"/> turns back into <paramref name="bytes"/>, and that nobody takes for a socket.
    /// </summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var word = new StringBuilder(bytes.Length);
        foreach (byte value in bytes)
        {
            if (Plain.Contains(value))
            {
                word.Append((char)value);
            }
            else
            {
                word.Append('%').Append(Convert.ToHexString([value]));
            }
        }

        string encoded = word.ToString();
        return NotifySocketText.IsSocket(encoded) ? $"%{Convert.ToHexString(bytes[..1])}{encoded[1..]}" : encoded;
    }
}
