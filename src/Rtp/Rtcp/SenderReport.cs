using System.Buffers.Binary;

namespace RtpProxy.Rtp.Rtcp;

/// <summary>
/// What a sender tells in its report (RFC 3550, section 6.4.1), seen in borrowed bytes; its report blocks are those of
/// <see cref="RtcpReportBlocks"/>.
/// <code>
/// |V=2|P|    RC   |   PT=SR=200   |             length            |
/// |                         SSRC of sender                        |
/// |              NTP timestamp, most significant word             |
/// |              NTP timestamp, least significant word            |
/// |                         RTP timestamp                         |
/// |                     sender's packet count                     |
/// |                      sender's octet count                     |
/// </code>
/// </summary>
public readonly ref struct SenderReport
{
    /// <summary>Length in bytes of all before the report blocks.</summary>
    public const int HeaderLength = 28;

    private readonly ReadOnlySpan<byte> _packet;

    private SenderReport(ReadOnlySpan<byte> packet) => _packet = packet;

    public Ssrc Ssrc => new(BinaryPrimitives.ReadUInt32BigEndian(_packet[4..]));

    /// <summary>
    /// Seconds since 1900 and their fraction, 16 bits each: by these receivers name the report (<see cref="RtcpReportBlock.LastSenderReport"/>).
    /// </summary>
    public uint MiddleOfNtpTimestamp => BinaryPrimitives.ReadUInt32BigEndian(_packet[10..]);

    public RtpTimestamp RtpTimestamp => new(BinaryPrimitives.ReadUInt32BigEndian(_packet[16..]));

    public uint PacketCount => BinaryPrimitives.ReadUInt32BigEndian(_packet[20..]);

    public uint OctetCount => BinaryPrimitives.ReadUInt32BigEndian(_packet[24..]);

    /// <summary>False when the packet is none, or too short for one.</summary>
    public static bool TryParse(in RtcpHeader packet, out SenderReport report)
    {
        bool isOne = packet.PacketType == RtcpPacketType.SenderReport && packet.Length >= HeaderLength;
        report = isOne ? new SenderReport(packet.Packet) : default;
        return isOne;
    }
}
