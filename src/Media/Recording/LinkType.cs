namespace RtpProxy.Media.Recording;

/// <summary>What stands before the IP packet of a captured frame: the numbers of tcpdump.org/linktypes.html that are read.</summary>
internal enum LinkType : uint
{
    /// <summary>BSD: a word with the address family, in the byte order of the machine that captured.</summary>
    Null = 0,
    Ethernet = 1,

    /// <summary>IP without anything before it; 12 and 14 are what some systems write for it.</summary>
    RawOfBsd = 12,
    RawOfOpenBsd = 14,
    Raw = 101,

    /// <summary>OpenBSD: as <see cref="Null"/>, in network byte order.</summary>
    Loop = 108,

    /// <summary>Linux, captured on all interfaces at once.</summary>
    LinuxCooked = 113,
    IPv4 = 228,
    IPv6 = 229,
    LinuxCooked2 = 276,
}
