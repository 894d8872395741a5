using System.Globalization;
using System.Net;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>
/// Tells addresses and names of hosts from what can be neither, so that no resolver is asked in vain: one that does not answer
/// takes many seconds to say so.
/// </summary>
internal static class HostText
{
    private const int MaxName = 253; // RFC 1035 section 3.1, as text
    private const int MaxLabel = 63;
    private const int AddressParts = 4;

    /// <summary>Four decimal parts with dots between; the shorter forms of the C library are no addresses here.</summary>
    public static bool TryParseIPv4(ReadOnlySpan<char> text, out IPAddress? address)
    {
        address = null;
        Span<byte> bytes = stackalloc byte[AddressParts];
        int count = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            if (count == AddressParts
                || part is ['0', _, ..] // octal to some
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[count++]))
            {
                return false;
            }
        }

        if (count != AddressParts)
        {
            return false;
        }

        address = new IPAddress(bytes);
        return true;
    }

    /// <summary>
    /// RFC 1123 section 2.1: letters, digits and hyphens, the last label not a number; also underscores, which exist.
    /// </summary>
    public static bool MayBeName(ReadOnlySpan<char> text)
    {
        if (text is [.. var absolute, '.'])
        {
            text = absolute;
        }

        if (text.IsEmpty || text.Length > MaxName)
        {
            return false;
        }

        ReadOnlySpan<char> last = default;
        foreach (Range range in text.Split('.'))
        {
            last = text[range];
            if (!MayBeLabel(last))
            {
                return false;
            }
        }

        return last.ContainsAnyExceptInRange('0', '9') && !last.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }

    private static bool MayBeLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label.Length > MaxLabel || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (char c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
