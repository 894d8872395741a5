namespace RtpProxy.Rtp;

/// <content>Kinds of addresses (RFC 6890, RFC 4291). A mapped IPv6 address (<c>::ffff:192.0.2.1</c>) is of the kind of what it maps.</content>
public readonly partial record struct Endpoint
{
    private bool IsMapped => _high == 0 && _low >> 32 == MappedPrefix >> 32;

    /// <summary>127.0.0.0/8 or ::1: never leaves the machine.</summary>
    public bool IsLoopback => IsKnown && (IsMapped ? IPv4Address >> 24 == 127 : (_high, _low) == (0, 1));

    /// <summary>224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => IsKnown && (IsMapped ? IPv4Address >> 28 == 0xE : _high >> 56 == 0xFF);

    /// <summary>169.254.0.0/16 or fe80::/10: means something on one link only.</summary>
    public bool IsLinkLocal => IsKnown && (IsMapped ? IPv4Address >> 16 == 0xA9FE : _high >> 54 == 0x3FA);

    /// <summary>0.0.0.0/8 or ::, "this network": no destination.</summary>
    public bool IsThisNetwork => IsKnown && (IsMapped ? IPv4Address >> 24 == 0 : (_high | _low) == 0);

    /// <summary>255.255.255.255; the broadcast addresses of networks look like any other.</summary>
    public bool IsLimitedBroadcast => IsKnown && IsMapped && IPv4Address == uint.MaxValue;

    /// <summary>The host alone, as lists of hosts hold it: without port and scope, and unmapped.</summary>
    public Endpoint Host => new(_high, _low, 0, 0, _family == Family.IPv6 && IsMapped ? Family.IPv4 : _family);
}
