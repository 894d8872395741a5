using System.Buffers.Binary;

namespace RtpProxy.EndToEnd.Phones;

/// <summary>
/// The packets that phones exchange: RTP of PCMU size whose payload follows from SSRC and sequence number, so that the
/// listener can tell a changed byte; and RTCP sender reports.
/// </summary>
internal static class NumberedPacket
{
    public const int HeaderLength = 12;
    public const int PayloadLength = 160; // 20 ms of PCMU
    public const int Length = HeaderLength + PayloadLength;

    /// <summary>RFC 3550 section 5.1: V=2, no padding, extension or CSRC.</summary>
    public static byte[] Rtp(uint ssrc, ushort sequence, byte payloadType = 0, bool marker = false)
    {
        byte[] packet = new byte[Length];
        packet[0] = 0x80;
        packet[1] = (byte)(payloadType | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)sequence * PayloadLength);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        for (int i = 0; i < PayloadLength; i++)
        {
            packet[HeaderLength + i] = PayloadByte(ssrc, sequence, i);
        }

        return packet;
    }

    /// <summary>RFC 3550 section 6.4.1: a sender report without report blocks, 28 bytes.</summary>
    public static byte[] SenderReport(uint ssrc, uint packetsSent)
    {
        byte[] report = new byte[28];
        report[0] = 0x80;
        report[1] = 200;
        BinaryPrimitives.WriteUInt16BigEndian(report.AsSpan(2), 6); // length in words, less one
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(4), ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(20), packetsSent);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(24), packetsSent * PayloadLength);
        return report;
    }

    /// <summary>Reads the identity of a packet and whether each of its bytes is the one that was sent.</summary>
    public static bool TryReadRtp(ReadOnlySpan<byte> datagram, out uint ssrc, out ushort sequence)
    {
        (ssrc, sequence) = (0, 0);
        if (datagram.Length < HeaderLength || datagram[0] >> 6 != 2)
        {
            return false;
        }

        sequence = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]);
        return true;
    }

    private static byte PayloadByte(uint ssrc, ushort sequence, int index) =>
        (byte)((ssrc * 31) + (uint)(sequence * 7) + (uint)(index * 3));
}
