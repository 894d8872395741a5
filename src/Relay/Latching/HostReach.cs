using System.Buffers.Binary;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>Tells public addresses from private ones.</summary>
/// <remarks>
/// Addresses for documentation and benchmarks (RFC 5737, 3849, 2544) count as public: laboratories use them as if they were. An
/// IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is judged as itself.
/// </remarks>
public static class HostReach
{
    public static Reach Of(in Endpoint host)
    {
        Span<byte> bytes = stackalloc byte[16];
        return host.WriteAddress(bytes) == 4 ? OfIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : OfIPv6(bytes);
    }

    /// <summary>
    /// Whether a party that signals one host may be seen at another: not where that is public, and known to be so by
    /// <paramref name="reach"/>.
    /// </summary>
    public static bool MayBeSeenAt(in Endpoint signalled, Reach reach, in Endpoint source) => reach switch
    {
        Reach.Public => !signalled.IsKnown,
        Reach.Private => true,
        _ => Of(source) != Reach.Loopback, // on one machine there is no NAT
    };

    private static Reach OfIPv4(uint address) => (address >> 24) switch
    {
        127 => Reach.Loopback,
        10 => Reach.Private, // RFC 1918
        172 when (address >> 20) == 0xAC1 => Reach.Private, // 172.16/12
        192 when (address >> 16) == 0xC0A8 => Reach.Private, // 192.168/16
        100 when (address >> 22) == 0x191 => Reach.Private, // 100.64/10, carriers' NATs (RFC 6598)
        169 when (address >> 16) == 0xA9FE => Reach.Private, // link-local (RFC 3927)
        192 when (address >> 8) == 0xC0_0000 => Reach.Private, // 192.0.0/24: IPv4 over IPv6 (RFC 6333, 7335)
        0 or >= 240 => Reach.Private, // "this network", and what was never given out (RFC 1122, 1112)
        _ => Reach.Public,
    };

    private static Reach OfIPv6(ReadOnlySpan<byte> address)
    {
        ulong high = BinaryPrimitives.ReadUInt64BigEndian(address);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(address[8..]);
        if (high == 0 && low == 1)
        {
            return Reach.Loopback;
        }

        if (high == 0 && (low >> 32) == 0xFFFF)
        {
            return OfIPv4((uint)low); // ::ffff:0:0/96, mapped
        }

        if (high == 0x0064_FF9B_0000_0000 && (low >> 32) == 0)
        {
            return OfIPv4((uint)low); // 64:ff9b::/96, NAT64 (RFC 6052)
        }

        if ((high >> 48) == 0x2002)
        {
            return OfIPv4((uint)(high >> 16)); // 6to4 (RFC 3056)
        }

        bool isPrivate = (high >> 57) == 0x7E // fc00::/7, unique local (RFC 4193)
            || (high >> 55) == 0x1FD // fe80::/10, link-local, and fec0::/10, once site-local (RFC 4291, 3879)
            || (high >> 16) == 0x0064_FF9B_0001; // 64:ff9b:1::/48, a network's own NAT64 (RFC 8215)
        return isPrivate ? Reach.Private : Reach.Public;
    }
}
