using System.Buffers.Binary;
using RtpProxy.Rtp.Rtcp;

namespace RtpProxy.Rtp;

/// <summary>
/// A valid RTP packet seen in borrowed bytes (RFC 3550 section 5.1). It copies nothing and lives as long as the datagram;
/// all lengths were checked when it was parsed.
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |                  CSRC, CC times; extension if X               |
/// </code>
/// </summary>
public readonly ref struct RtpPacket
{
    /// <summary>Length in bytes of the header without CSRC list and extension.</summary>
    public const int FixedHeaderLength = 12;

    /// <summary>Value of <see cref="SampleCount"/> when the duration of the payload is not known.</summary>
    public const int UnknownSampleCount = -1;

    private const int ExtensionHeaderLength = 4;

    private RtpPacket(ReadOnlySpan<byte> datagram, int headerLength, int payloadLength)
    {
        Datagram = datagram;
        HeaderLength = headerLength;
        Payload = datagram.Slice(headerLength, payloadLength);
    }

    /// <summary>All bytes of the packet, padding included.</summary>
    public ReadOnlySpan<byte> Datagram { get; }

    /// <summary>Bytes before the payload: fixed header, CSRC list and extension.</summary>
    public int HeaderLength { get; }

    /// <summary>What follows the headers, without padding; may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    public bool Marker => (Datagram[1] & 0x80) != 0;

    public PayloadType PayloadType => new((byte)(Datagram[1] & 0x7f));

    public SequenceNumber Sequence => new(BinaryPrimitives.ReadUInt16BigEndian(Datagram[2..]));

    public RtpTimestamp Timestamp => new(BinaryPrimitives.ReadUInt32BigEndian(Datagram[4..]));

    public Ssrc Ssrc => new(BinaryPrimitives.ReadUInt32BigEndian(Datagram[8..]));

    /// <summary>
    /// Duration of the payload in 8 kHz samples, or <see cref="UnknownSampleCount"/>
    /// (<see cref="PayloadType.CountSamples"/>).
    /// </summary>
    public int SampleCount => PayloadType.CountSamples(Payload);

    /// <summary>Parses a datagram that may be RTCP sharing the port (RFC 5761): such a one is refused.</summary>
    /// <param name="datagram">One UDP payload; the packet refers to it.</param>
    /// <param name="packet">The packet; <c>default</c>, which must not be read, on any error.</param>
    public static RtpParseError TryParse(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        if (RtcpHeader.LooksLikeRtcp(datagram))
        {
            packet = default;
            return RtpParseError.LooksLikeRtcp;
        }

        return TryParseKnownRtp(datagram, out packet);
    }

    /// <summary>
    /// Parses bytes that are known not to be RTCP, as those of a recording of an RTP port; the payload types 72 to 85 with
    /// the marker bit are then packets like others.
    /// </summary>
    /// <inheritdoc cref="TryParse"/>
    public static RtpParseError TryParseKnownRtp(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        if (datagram.Length < FixedHeaderLength)
        {
            return RtpParseError.TooShort;
        }

        if (datagram[0] >> 6 != 2)
        {
            return RtpParseError.WrongVersion;
        }

        int headerLength = FixedHeaderLength + ((datagram[0] & 0x0f) * sizeof(uint));
        if (headerLength > datagram.Length)
        {
            return RtpParseError.CsrcListTruncated;
        }

        if ((datagram[0] & 0x10) != 0)
        {
            if (datagram.Length - headerLength < ExtensionHeaderLength)
            {
                return RtpParseError.ExtensionTruncated;
            }

            int words = BinaryPrimitives.ReadUInt16BigEndian(datagram[(headerLength + 2)..]);
            headerLength += ExtensionHeaderLength + (words * sizeof(uint));
            if (headerLength > datagram.Length)
            {
                return RtpParseError.ExtensionTruncated;
            }
        }

        int payloadLength = datagram.Length - headerLength;
        if ((datagram[0] & 0x20) != 0)
        {
            if (payloadLength == 0)
            {
                return RtpParseError.PaddingMissing;
            }

            int padding = datagram[^1];
            if (padding == 0)
            {
                return RtpParseError.PaddingIsZero;
            }

            if (padding > payloadLength)
            {
                return RtpParseError.PaddingTooLong;
            }

            payloadLength -= padding;
        }

        packet = new RtpPacket(datagram, headerLength, payloadLength);
        return RtpParseError.None;
    }
}
