namespace RtpProxy.Rtp.Rtcp;

/// <summary>
/// Walks the report blocks of a sender report or receiver report (RFC 3550, sections 6.4.1 and 6.4.2): as many as its header counts
/// and its length holds. There are none in other packets.
/// </summary>
public ref struct RtcpReportBlocks
{
    private const int ReceiverReportHeaderLength = 8;

    private readonly ReadOnlySpan<byte> _blocks;
    private int _next;
    private RtcpReportBlock _current;

    /// <param name="packet">The blocks refer to its bytes.</param>
    public RtcpReportBlocks(in RtcpHeader packet)
    {
        int header = packet.PacketType switch
        {
            RtcpPacketType.SenderReport => SenderReport.HeaderLength,
            RtcpPacketType.ReceiverReport => ReceiverReportHeaderLength,
            _ => packet.Length,
        };
        if (header < packet.Length)
        {
            ReadOnlySpan<byte> rest = packet.Packet[header..];
            _blocks = rest[..(Math.Min(packet.Count, rest.Length / RtcpReportBlock.Length) * RtcpReportBlock.Length)];
        }
    }

    /// <summary>The block reached by the last successful <see cref="MoveNext"/>.</summary>
    public readonly RtcpReportBlock Current => _current;

    public readonly RtcpReportBlocks GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next == _blocks.Length)
        {
            return false;
        }

        _current = new RtcpReportBlock(_blocks[_next..]);
        _next += RtcpReportBlock.Length;
        return true;
    }
}
