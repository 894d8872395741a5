using System.Buffers.Binary;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>What a datagram tells of who sent it: an RTP header, or that it is something else.</summary>
public readonly record struct PacketEvidence(bool IsRtp, Ssrc Ssrc, SequenceNumber Sequence, RtpTimestamp Timestamp)
{
    private const int KeepaliveLength = 4; // RFC 6263 section 4: empty, or a few bytes; a UDPTL packet is longer
    private const uint StunCookie = 0x2112_A442; // RFC 8489 section 5

    /// <summary>Neither RTP nor media of another kind: STUN, DTLS, RTCP, a keepalive. It never tells where a party's media is.</summary>
    public bool IsChatter { get; private init; }

    public static PacketEvidence From(in RtpPacket packet) =>
        new(true, packet.Ssrc, packet.Sequence, packet.Timestamp);

    /// <summary>What a datagram that is not RTP tells.</summary>
    public static PacketEvidence FromOther(ReadOnlySpan<byte> datagram) =>
        default(PacketEvidence) with { IsChatter = IsChatterIn(datagram), Sequence = NumberOf(datagram) };

    /// <summary>UDPTL begins with a number, as RTP has one (T.38, section 9.1).</summary>
    private static SequenceNumber NumberOf(ReadOnlySpan<byte> datagram) =>
        datagram.Length < 2 ? default : new SequenceNumber(BinaryPrimitives.ReadUInt16BigEndian(datagram));

    private static bool IsChatterIn(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length <= KeepaliveLength)
        {
            return true;
        }

        bool isStun = datagram.Length >= 20 && datagram[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == StunCookie;
        bool isDtls = datagram[0] is >= 20 and <= 63 && datagram[1] == 0xFE; // RFC 5764 section 5.1.2; versions 254.x
        return isStun || isDtls || IsRtcp(datagram);
    }

    /// <summary>
    /// RFC 5761 section 4; and it has the length that it says (RFC 3550, appendix A.2), which the number of a UDPTL packet does not
    /// make up. SRTCP is longer than that.
    /// </summary>
    private static bool IsRtcp(ReadOnlySpan<byte> datagram)
    {
        const int BytesPerWord = 4;
        return (datagram[0] >> 6) == 2
            && datagram[1] is >= 192 and <= 223
            && (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) + 1) * BytesPerWord <= datagram.Length;
    }
}
