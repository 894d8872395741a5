namespace RtpProxy.Rtp;

/// <content>Public addresses and private ones.</content>
public readonly partial record struct Endpoint
{
    /// <summary>Who can reach this host; public when nothing is known.</summary>
    /// <remarks>
    /// Addresses for documentation and benchmarks (RFC 5737, 3849, 2544) count as public: laboratories use them as if they were. An
    /// IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is judged as itself.
    /// </remarks>
    public Reach Reach
    {
        get
        {
            if (IsMapped)
            {
                return ReachOfIPv4((uint)_low); // also what is IPv4 by itself
            }

            if (_high == 0 && _low == 1)
            {
                return Reach.Loopback;
            }

            if (_high == 0x0064_FF9B_0000_0000 && (_low >> 32) == 0)
            {
                return ReachOfIPv4((uint)_low); // 64:ff9b::/96, NAT64 (RFC 6052)
            }

            if ((_high >> 48) == 0x2002)
            {
                return ReachOfIPv4((uint)(_high >> 16)); // 6to4 (RFC 3056)
            }

            bool isPrivate = (_high >> 57) == 0x7E // fc00::/7, unique local (RFC 4193)
                || (_high >> 55) == 0x1FD // fe80::/10, link-local, and fec0::/10, once site-local (RFC 4291, 3879)
                || (_high >> 16) == 0x0064_FF9B_0001; // 64:ff9b:1::/48, a network's own NAT64 (RFC 8215)
            return isPrivate ? Reach.Private : Reach.Public;
        }
    }

    private static Reach ReachOfIPv4(uint address) => (address >> 24) switch
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
}
