using System.Buffers.Binary;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Packets for tests: the bytes of an RTP or RTCP packet from the numbers that matter.</summary>
public static class RtpBytes
{
    /// <summary>An RTP packet with a payload that can be told from others'.</summary>
    public static byte[] Rtp(
        int sequence, uint ssrc = 7, uint? timestamp = null, byte payloadType = 0, bool marker = false, int length = 160)
    {
        byte[] packet = new byte[12 + length];
        packet[0] = 0x80;
        packet[1] = (byte)(payloadType | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp ?? (uint)(sequence * 160));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        for (int i = 12; i < packet.Length; i++)
        {
            packet[i] = (byte)((ssrc * 31) + (uint)(sequence * 7) + (uint)i);
        }

        return packet;
    }

    /// <summary>A packet of a telephone event (RFC 4733 section 2.3): the digits are 0 to 9, then * # A B C D and flash.</summary>
    public static byte[] Event(
        int sequence,
        uint timestamp,
        int code,
        int duration,
        bool isEnd = false,
        int volume = 10,
        byte payloadType = 101,
        uint ssrc = 7)
    {
        byte[] packet = Rtp(sequence, ssrc, timestamp, payloadType, length: 4);
        packet[12] = (byte)code;
        packet[13] = (byte)((isEnd ? 0x80 : 0) | volume);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), (ushort)duration);
        return packet;
    }

    /// <summary>Makes of a packet the next one: number and timestamp go on. For loops that must not allocate.</summary>
    public static void GoOn(Span<byte> rtp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(rtp[2..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(rtp[2..]) + 1));
        BinaryPrimitives.WriteUInt32BigEndian(rtp[4..], BinaryPrimitives.ReadUInt32BigEndian(rtp[4..]) + 160);
    }

    /// <summary>Makes of a datagram that is not RTP another one, by counting in its last four bytes.</summary>
    public static void Vary(Span<byte> datagram) =>
        BinaryPrimitives.WriteUInt32BigEndian(datagram[^4..], BinaryPrimitives.ReadUInt32BigEndian(datagram[^4..]) + 1);

    /// <summary>An empty RTCP receiver report (RFC 3550 section 6.4.2).</summary>
    public static byte[] ReceiverReport(uint ssrc = 7)
    {
        byte[] packet = new byte[8];
        packet[0] = 0x80;
        packet[1] = 201;
        packet[3] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), ssrc);
        return packet;
    }
}
