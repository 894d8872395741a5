using System.Collections.Immutable;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>Which private addresses are likely to be of one network.</summary>
internal static class PrivateNetworks
{
    private static readonly ImmutableArray<AddressBlock> Blocks =
    [
        // RFC 1918, 6598, 4193
        Block("10.0.0.0", 8), Block("172.16.0.0", 12), Block("192.168.0.0", 16), Block("100.64.0.0", 10), Block("fc00::", 7),
    ];

    /// <summary>Both lie in the same private block: a company numbers its offices from one.</summary>
    public static bool AreOfOne(in Endpoint one, in Endpoint other)
    {
        foreach (AddressBlock block in Blocks)
        {
            if (block.Contains(one))
            {
                return block.Contains(other);
            }
        }

        return false;
    }

    /// <summary>Both lie in the smallest network that is usual, 24 bits of IPv4 and 64 of IPv6.</summary>
    public static bool AreNeighbours(in Endpoint one, in Endpoint other)
    {
        const int IPv4Network = 3; // bytes
        const int IPv6Network = 8;
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        int length = one.Host.WriteAddress(left);
        int network = length == 4 ? IPv4Network : IPv6Network;
        return other.Host.WriteAddress(right) == length && left[..network].SequenceEqual(right[..network]);
    }

    private static AddressBlock Block(string first, int prefixLength) =>
        AddressBlock.TryParse($"{first}/{prefixLength}", out AddressBlock block) ? block : throw new FormatException(first);
}
