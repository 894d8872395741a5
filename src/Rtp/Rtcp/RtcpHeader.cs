using System.Buffers.Binary;

namespace RtpProxy.Rtp.Rtcp;

/// <summary>
/// One RTCP packet seen in borrowed bytes: the common header (RFC 3550 section 6.4.1) and what follows it.
/// <code>
/// |V=2|P| count |  packet type  |  length in words, minus one   |
/// |                     SSRC of the sender                        |
/// </code>
/// </summary>
public readonly ref struct RtcpHeader
{
    /// <summary>Length in bytes of the header that all packet types share.</summary>
    public const int CommonHeaderLength = 4;

    // RFC 5761 section 4 and the media rules, section 4.1: what a demultiplexer takes for RTCP.
    private const byte FirstPacketType = 200;
    private const byte LastPacketType = 213;

    private RtcpHeader(ReadOnlySpan<byte> packet)
    {
        Packet = packet;
    }

    /// <summary>All bytes of this packet, header included; never shorter than <see cref="CommonHeaderLength"/>.</summary>
    public ReadOnlySpan<byte> Packet { get; }

    /// <summary>What follows the common header, padding included.</summary>
    public ReadOnlySpan<byte> Body => Packet[CommonHeaderLength..];

    public RtcpPacketType PacketType => (RtcpPacketType)Packet[1];

    /// <summary>Report blocks, chunks, sources or feedback format, by packet type; 0 to 31.</summary>
    public int Count => Packet[0] & 0x1f;

    /// <summary>Length in bytes, a multiple of four.</summary>
    public int Length => Packet.Length;

    /// <summary>
    /// SSRC of the sender, or of the first chunk or source in SDES and BYE; null when the packet ends after its header.
    /// </summary>
    public Ssrc? SenderSsrc =>
        Packet.Length >= 8 ? new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(Packet[4..])) : null;

    /// <summary>
    /// Tells RTCP from RTP where both share a port (RFC 5761 section 4): version 2 and a second byte of 200 to 213. It says
    /// nothing about the rest.
    /// </summary>
    public static bool LooksLikeRtcp(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= 2 && datagram[0] >> 6 == 2 && datagram[1] is >= FirstPacketType and <= LastPacketType;

    /// <summary>Parses the first packet of a compound; the rest starts after <see cref="Length"/> bytes.</summary>
    /// <param name="bytes">Borrowed; the header refers to them.</param>
    /// <param name="header">The packet; <c>default</c>, which must not be read, on any error.</param>
    public static RtcpParseError TryParse(ReadOnlySpan<byte> bytes, out RtcpHeader header)
    {
        header = default;
        if (bytes.Length < CommonHeaderLength)
        {
            return RtcpParseError.TooShort;
        }

        if (bytes[0] >> 6 != 2)
        {
            return RtcpParseError.WrongVersion;
        }

        if (!LooksLikeRtcp(bytes))
        {
            return RtcpParseError.UnknownPacketType;
        }

        int length = (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) + 1) * sizeof(uint);
        if (length > bytes.Length)
        {
            return RtcpParseError.LengthPastEnd;
        }

        header = new RtcpHeader(bytes[..length]);
        return RtcpParseError.None;
    }
}
