namespace RtpProxy.Media.Recording;

/// <summary>Numbers of the pcap file format and of the headers inside its frames.</summary>
internal static class PcapFormat
{
    public const uint Magic = 0xa1b2c3d4; // microseconds, in the byte order of the writer
    public const uint MagicSwapped = 0xd4c3b2a1;
    public const uint MagicNanoseconds = 0xa1b23c4d;
    public const uint MagicNanosecondsSwapped = 0x4d3cb2a1;
    public const uint MagicPatched = 0xa1b2cd34; // longer record headers
    public const uint MagicPatchedSwapped = 0x34cdb2a1;
    public const ushort MajorVersion = 2;
    public const ushort MinorVersion = 4;
    public const uint SnapLength = 65_535;

    public const uint LinkTypeEthernet = 1;
    public const uint LinkTypeMask = 0xffff; // the bits above tell of frame check sequences

    public const int FileHeaderLength = 24;
    public const int RecordHeaderLength = 16;
    public const int LoopbackHeaderLength = 4;
    public const int EthernetHeaderLength = 14;
    public const int MacLength = 6;
    public const int EtherTypeOffset = 12;
    public const ushort EtherTypeIPv4 = 0x0800;
    public const ushort EtherTypeIPv6 = 0x86dd;

    public const int IPv4HeaderLength = 20;
    public const int IPv6HeaderLength = 40;
    public const byte IPv4TimeToLive = 127;
    public const byte IPv6HopLimit = 64;
    public const byte ProtocolUdp = 17;
    public const int UdpHeaderLength = 8;
}
