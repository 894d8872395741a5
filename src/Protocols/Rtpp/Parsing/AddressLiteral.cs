using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>Numeric addresses as the C library reads them; names are never resolved.</summary>
internal static class AddressLiteral
{
    private static readonly SearchValues<byte> IPv6Bytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>
    /// The forms of inet_aton(3): one to four parts, decimal, octal after <c>0</c>, hexadecimal after <c>0x</c>, of which
    /// the last fills the bytes that are left (<c>127.1</c> is 127.0.0.1).
    /// </summary>
    public static bool TryParseIPv4(ReadOnlySpan<byte> text, out IPAddress? address)
    {
        address = null;
        uint high = 0;
        int bytesLeft = 4;
        while (true)
        {
            int dot = text.IndexOf((byte)'.');
            bool isLast = dot < 0;
            if (!TryParsePart(isLast ? text : text[..dot], out uint part))
            {
                return false;
            }

            if (isLast)
            {
                if (bytesLeft < 4 && part >> (8 * bytesLeft) != 0)
                {
                    return false;
                }

                address = FromBits(high | part);
                return true;
            }

            if (part > byte.MaxValue || --bytesLeft == 0)
            {
                return false;
            }

            high |= part << (8 * bytesLeft);
            text = text[(dot + 1)..];
        }
    }

    /// <summary>RFC 4291 section 2.2, optionally with a zone after <c>%</c> (RFC 4007 section 11).</summary>
    public static bool TryParseIPv6(ReadOnlySpan<byte> text, out IPAddress? address)
    {
        address = null;
        int zone = text.IndexOf((byte)'%');
        ReadOnlySpan<byte> digits = zone < 0 ? text : text[..zone];

        // The base library also reads brackets, ports and prefix lengths, which are no part of a literal here.
        if (digits.ContainsAnyExcept(IPv6Bytes) || zone == text.Length - 1)
        {
            return false;
        }

        if (!IPAddress.TryParse(Encoding.Latin1.GetString(text), out address)
            || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        // A zone that names no interface reads as 0, which the C library refuses.
        return zone < 0 || address.ScopeId != 0 || DecimalNumber.TryParse(text[(zone + 1)..], uint.MaxValue, out _);
    }

    private static bool TryParsePart(ReadOnlySpan<byte> text, out uint value)
    {
        uint radix = 10;
        if (text is [(byte)'0', (byte)'x' or (byte)'X', _, ..])
        {
            radix = 16;
            text = text[2..];
        }
        else if (text is [(byte)'0', _, ..])
        {
            radix = 8;
        }

        value = 0;
        foreach (byte character in text)
        {
            uint digit = DigitValue(character);
            ulong next = ((ulong)value * radix) + digit;
            if (digit >= radix || next > uint.MaxValue)
            {
                return false;
            }

            value = (uint)next;
        }

        return !text.IsEmpty;
    }

    private static uint DigitValue(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => (uint)(character - '0'),
        >= (byte)'a' and <= (byte)'f' => (uint)(character - 'a' + 10),
        >= (byte)'A' and <= (byte)'F' => (uint)(character - 'A' + 10),
        _ => uint.MaxValue,
    };

    private static IPAddress FromBits(uint bits)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, bits);
        return new IPAddress(bytes);
    }
}
