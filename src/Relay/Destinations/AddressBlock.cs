using System.Globalization;
using System.Net;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>A block of addresses, <c>192.0.2.0/24</c> or <c>2001:db8::/32</c>; without a slash one address (RFC 4632).</summary>
public readonly record struct AddressBlock
{
    private readonly Endpoint _first;
    private readonly int _prefixLength;

    private AddressBlock(Endpoint first, int prefixLength)
    {
        _first = first;
        _prefixLength = prefixLength;
    }

    /// <summary>False for what is no block: no literal address, a prefix that is too long, bits set beyond the prefix.</summary>
    public static bool TryParse(string text, out AddressBlock block)
    {
        ArgumentNullException.ThrowIfNull(text);
        block = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(host, out IPAddress? address) || host.Contains('%', StringComparison.Ordinal)
            || (!address.ToString().Contains(':', StringComparison.Ordinal) && host.Split('.').Length != 4))
        {
            return false;
        }

        Endpoint first = Endpoint.From(address, 0).Host;
        int bits = first.IsIPv4 ? 32 : 128;
        int prefixLength = bits;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength)
                || prefixLength > bits))
        {
            return false;
        }

        block = new AddressBlock(first, prefixLength);
        return block.HasNoFurtherBits();
    }

    /// <summary>Whether the address lies in the block; a mapped IPv6 address counts as IPv4.</summary>
    public bool Contains(in Endpoint address)
    {
        Endpoint host = address.Host;
        if (host.IsIPv4 != _first.IsIPv4 || !host.IsKnown)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        Span<byte> ours = stackalloc byte[16];
        host.WriteAddress(bytes);
        _first.WriteAddress(ours);
        int whole = _prefixLength / 8;
        int rest = _prefixLength % 8;
        return bytes[..whole].SequenceEqual(ours[..whole])
            && (rest == 0 || (bytes[whole] ^ ours[whole]) >> (8 - rest) == 0);
    }

    public override string ToString() => $"{_first.ToIPAddress()}/{_prefixLength}";

    private bool HasNoFurtherBits()
    {
        Span<byte> bytes = stackalloc byte[16];
        int length = _first.WriteAddress(bytes);
        for (int bit = _prefixLength; bit < length * 8; bit++)
        {
            if ((bytes[bit / 8] >> (7 - (bit % 8)) & 1) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
