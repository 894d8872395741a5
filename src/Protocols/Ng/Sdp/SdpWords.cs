using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Sip;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Words of a line, and what is made of them.</summary>
internal static class SdpWords
{
    private const int LongestAddress = 45;

    private static readonly SearchValues<char> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>The next word from a position on; empty at the end. The position is moved behind it.</summary>
    public static TextSpan Next(string text, ref int position, int end)
    {
        while (position < end && IsBlank(text[position]))
        {
            position++;
        }

        int start = position;
        while (position < end && !IsBlank(text[position]))
        {
            position++;
        }

        return TextSpan.FromBounds(start, position);
    }

    /// <summary>The last word that ends before a position; empty, at <paramref name="start"/>, when there is none.</summary>
    public static TextSpan Before(string text, int start, int position)
    {
        while (position > start && IsBlank(text[position - 1]))
        {
            position--;
        }

        int end = position;
        while (position > start && !IsBlank(text[position - 1]))
        {
            position--;
        }

        return TextSpan.FromBounds(position, end);
    }

    /// <summary>
    /// Reads <c>IN IP4 192.0.2.1</c> or <c>IN IP6 2001:db8::1</c>: no names, scopes, brackets or shortened numbers.
    /// </summary>
    public static bool TryReadAddress(
        ReadOnlySpan<char> network,
        ReadOnlySpan<char> family,
        ReadOnlySpan<char> host,
        [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return network is "IN"
            && host.Length <= LongestAddress
            && family switch
            {
                "IP4" => IsDottedQuad(host) && IPAddress.TryParse(host, out address),
                "IP6" => !host.ContainsAnyExcept(IPv6Characters)
                    && IPAddress.TryParse(host, out address) && address.AddressFamily == AddressFamily.InterNetworkV6,
                _ => false,
            };
    }

    /// <summary>A decimal number of a port, 0 to 65,535.</summary>
    public static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        bool isPort = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number);
        port = number;
        return isPort;
    }

    /// <summary>A decimal number from 0 to 2^31 - 1; null for anything else.</summary>
    public static int? ReadNumber(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>The address of a party that wants no media (RFC 3264 section 8.4).</summary>
    public static bool IsNull(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static bool IsBlank(char c) => c is ' ' or '\t';

    // Four decimal numbers: leading zeros would be octal to some.
    private static bool IsDottedQuad(ReadOnlySpan<char> host)
    {
        int numbers = 0;
        foreach (Range part in host.Split('.'))
        {
            ReadOnlySpan<char> number = host[part];
            numbers++;
            if (!byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                || (number.Length > 1 && number[0] == '0'))
            {
                return false;
            }
        }

        return numbers == 4;
    }
}
