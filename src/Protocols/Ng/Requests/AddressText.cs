using System.Buffers;
using System.Net;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>Addresses as messages write them: literals, never names.</summary>
internal static class AddressText
{
    // The framework also takes 0x7f.1, fe80::1%eth0 and [::1], which nobody means to write here.
    private static readonly SearchValues<char> NotInAddresses = SearchValues.Create("[]%xX/");

    /// <returns>Null for what is not an address.</returns>
    public static IPAddress? Parse(string? text)
    {
        // Nor is 1 the address 0.0.0.1.
        if (text is null || (!text.Contains(':', StringComparison.Ordinal) && text.AsSpan().Count('.') != 3)
            || text.AsSpan().ContainsAny(NotInAddresses))
        {
            return null;
        }

        return IPAddress.TryParse(text, out IPAddress? address) ? address : null;
    }

    /// <summary><c>ADDRESS:PORT</c>, an IPv6 address in brackets.</summary>
    /// <returns>Null for anything else, and for port 0.</returns>
    public static IPEndPoint? ParseEndPoint(string? text)
    {
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out ushort port) || port == 0)
        {
            return null;
        }

        string host = text![..colon];
        bool isBracketed = host is ['[', .., ']'];
        IPAddress? address = Parse(isBracketed ? host[1..^1] : host);
        return address is not null && isBracketed == host.Contains(':', StringComparison.Ordinal)
            ? new IPEndPoint(address, port)
            : null;
    }
}
