namespace RtpProxy.Media.Recording;

/// <summary>Numbers of the pcapng file format (draft-ietf-opsawg-pcapng).</summary>
internal static class PcapNgFormat
{
    public const uint SectionHeaderBlock = 0x0a0d0d0a; // a palindrome, so that it is known before the byte order is
    public const uint InterfaceDescriptionBlock = 1;
    public const uint PacketBlock = 2; // obsolete
    public const uint SimplePacketBlock = 3;
    public const uint EnhancedPacketBlock = 6;

    public const uint ByteOrderMagic = 0x1a2b3c4d;
    public const uint ByteOrderMagicSwapped = 0x4d3c2b1a;

    public const int BlockHeaderLength = 8; // type and total length
    public const int BlockTrailerLength = 4; // total length again
    public const int MinBlockLength = BlockHeaderLength + BlockTrailerLength;
    public const int SectionHeaderLength = 28; // with the trailer, without options
    public const int InterfaceDescriptionLength = 20;
    public const int PacketHeaderLength = 28; // of both packet blocks, with the block header
    public const int SimplePacketHeaderLength = 12;

    public const ushort OptionEnd = 0;
    public const ushort OptionTimeResolution = 9;
    public const ushort OptionTimeOffset = 14;
}
