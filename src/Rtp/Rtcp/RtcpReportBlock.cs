using System.Buffers.Binary;

namespace RtpProxy.Rtp.Rtcp;

/// <summary>
/// How a receiver fares with one source (RFC 3550, section 6.4.1), seen in borrowed bytes.
/// <code>
/// |                 SSRC of the source                            |
/// | fraction lost |       cumulative number of packets lost       |
/// |           extended highest sequence number received           |
/// |                      interarrival jitter                      |
/// |                         last SR (LSR)                         |
/// |                   delay since last SR (DLSR)                  |
/// </code>
/// </summary>
public readonly ref struct RtcpReportBlock
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 24;

    private const int SignBits = 8;
    private const long TicksPerSecond = TimeSpan.TicksPerSecond;
    private const int DelayUnitBits = 16; // DLSR counts 65,536ths of a second

    private readonly ReadOnlySpan<byte> _block;

    internal RtcpReportBlock(ReadOnlySpan<byte> block) => _block = block[..Length];

    /// <summary>Whose packets are reported.</summary>
    public Ssrc Ssrc => new(BinaryPrimitives.ReadUInt32BigEndian(_block));

    /// <summary>Of 256 packets since the report before.</summary>
    public byte FractionLost => _block[4];

    /// <summary>24 bits with a sign: negative when more came than were sent, as duplicates do.</summary>
    public int CumulativeLost => BinaryPrimitives.ReadInt32BigEndian(_block[4..]) << SignBits >> SignBits;

    /// <summary>The cycles of the sequence number, and the highest one.</summary>
    public uint HighestSequence => BinaryPrimitives.ReadUInt32BigEndian(_block[8..]);

    /// <summary>In timestamp units.</summary>
    public uint Jitter => BinaryPrimitives.ReadUInt32BigEndian(_block[12..]);

    /// <summary>The last sender report of the source, by the middle of its NTP timestamp; 0 when there was none.</summary>
    public uint LastSenderReport => BinaryPrimitives.ReadUInt32BigEndian(_block[16..]);

    /// <summary>From the arrival of that report to the sending of this one.</summary>
    public TimeSpan DelaySinceLastSenderReport =>
        new(BinaryPrimitives.ReadUInt32BigEndian(_block[20..]) * TicksPerSecond >> DelayUnitBits);
}
