using System.Buffers.Binary;

namespace RtpProxy.Media.Recording;

/// <summary>Finds the IP packet in a captured frame.</summary>
internal static class LinkLayer
{
    private const int MaxTags = 8; // VLANs within VLANs, and labels; nobody has more

    private const ushort EtherTypeVlan = 0x8100; // 802.1Q
    private const ushort EtherTypeProviderVlan = 0x88a8; // 802.1ad
    private const ushort EtherTypeOldProviderVlan = 0x9100;
    private const ushort EtherTypeOlderProviderVlan = 0x9200;
    private const ushort EtherTypeMpls = 0x8847;
    private const ushort EtherTypePppoe = 0x8864;
    private const ushort LargestLength = 1_500; // a smaller EtherType is a length, and LLC follows
    private const int VlanTagLength = 4;
    private const int MplsLabelLength = 4;
    private const int PppoeHeaderLength = 8; // with the protocol of PPP
    private const int SnapHeaderLength = 8;
    private const int CookedHeaderLength = 16;
    private const int Cooked2HeaderLength = 20;

    public static bool IsKnown(uint linkType) => Enum.IsDefined((LinkType)linkType);

    /// <summary>Finds the IP packet.</summary>
    /// <param name="frame">All of the frame.</param>
    /// <param name="linkType">A known one.</param>
    /// <param name="offset">Where the packet begins.</param>
    /// <param name="version">4 or 6.</param>
    /// <returns>
    /// <see cref="UdpFrameResult.Datagram"/> when there is one, which need not be UDP; else why there is none.
    /// </returns>
    public static UdpFrameResult Find(ReadOnlySpan<byte> frame, LinkType linkType, out int offset, out int version)
    {
        offset = 0;
        version = 0;
        switch (linkType)
        {
            case LinkType.Ethernet:
                return FindByEtherType(
                    frame, PcapFormat.EtherTypeOffset, PcapFormat.EthernetHeaderLength, out offset, out version);
            case LinkType.LinuxCooked:
                return FindByEtherType(frame, CookedHeaderLength - 2, CookedHeaderLength, out offset, out version);
            case LinkType.LinuxCooked2:
                return FindByEtherType(frame, 0, Cooked2HeaderLength, out offset, out version);
            case LinkType.Null or LinkType.Loop:
                offset = PcapFormat.LoopbackHeaderLength;
                if (frame.Length < offset)
                {
                    return UdpFrameResult.TooShort;
                }

                version = VersionOfFamily(frame);
                break;
            case LinkType.IPv4:
                version = 4;
                break;
            case LinkType.IPv6:
                version = 6;
                break;
            default:
                if (frame.IsEmpty)
                {
                    return UdpFrameResult.TooShort;
                }

                version = frame[0] >> 4;
                break;
        }

        return version is 4 or 6 ? UdpFrameResult.Datagram : UdpFrameResult.OtherTraffic;
    }

    /// <summary>Goes past VLAN tags and labels to the packet.</summary>
    private static UdpFrameResult FindByEtherType(
        ReadOnlySpan<byte> frame,
        int typeOffset,
        int headerLength,
        out int offset,
        out int version)
    {
        offset = headerLength;
        version = 0;
        if (frame.Length < headerLength)
        {
            return UdpFrameResult.TooShort;
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[typeOffset..]);
        for (int tags = 0; tags <= MaxTags; tags++)
        {
            switch (type)
            {
                case PcapFormat.EtherTypeIPv4:
                    version = 4;
                    return UdpFrameResult.Datagram;
                case PcapFormat.EtherTypeIPv6:
                    version = 6;
                    return UdpFrameResult.Datagram;
                case EtherTypeMpls:
                    return FindBehindLabels(frame, ref offset, out version);
                case EtherTypeVlan or EtherTypeProviderVlan or EtherTypeOldProviderVlan or EtherTypeOlderProviderVlan:
                    offset += VlanTagLength;
                    break;
                case EtherTypePppoe:
                    offset += PppoeHeaderLength;
                    break;
                case <= LargestLength when frame.Length >= offset + SnapHeaderLength && IsSnap(frame[offset..]):
                    offset += SnapHeaderLength;
                    break;
                default:
                    return UdpFrameResult.OtherTraffic;
            }

            if (frame.Length < offset)
            {
                return UdpFrameResult.TooShort;
            }

            // The type of what follows is the last field of each of these headers.
            ushort next = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset - 2)..]);
            type = type == EtherTypePppoe ? OfPpp(next) : next;
        }

        return UdpFrameResult.OtherTraffic;
    }

    private static bool IsSnap(ReadOnlySpan<byte> llc) => llc is [0xaa, 0xaa, 0x03, 0, 0, 0, ..];

    private static ushort OfPpp(ushort protocol) => protocol switch
    {
        0x0021 => PcapFormat.EtherTypeIPv4,
        0x0057 => PcapFormat.EtherTypeIPv6,
        _ => ushort.MaxValue,
    };

    /// <summary>What follows the last label is not said; the first four bits of IP tell.</summary>
    private static UdpFrameResult FindBehindLabels(ReadOnlySpan<byte> frame, ref int offset, out int version)
    {
        version = 0;
        for (int labels = 0; labels < MaxTags; labels++)
        {
            if (frame.Length < offset + MplsLabelLength + 1)
            {
                return UdpFrameResult.TooShort;
            }

            bool isLast = (frame[offset + 2] & 1) != 0;
            offset += MplsLabelLength;
            if (isLast)
            {
                version = frame[offset] >> 4;
                return version is 4 or 6 ? UdpFrameResult.Datagram : UdpFrameResult.OtherTraffic;
            }
        }

        return UdpFrameResult.OtherTraffic;
    }

    // AF_INET is 2 everywhere; AF_INET6 is 10 on Linux and 24, 28 or 30 on the BSD systems. In whatever byte order, one byte
    // of the word is not zero.
    private static int VersionOfFamily(ReadOnlySpan<byte> word) =>
        (word[0] | word[3], word[1] | word[2]) switch
        {
            (2, 0) => 4,
            (10 or 24 or 28 or 30, 0) => 6,
            _ => 0,
        };
}
