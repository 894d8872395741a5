using System.Buffers.Binary;

namespace RtpProxy.TestKit.Virtual;

/// <summary>RTCP for tests (RFC 3550, section 6.4).</summary>
public static class RtcpBytes
{
    private const int BlockLength = 24;

    /// <summary>A sender report with at most one report block.</summary>
    /// <param name="id">The middle of its NTP timestamp, by which it is referred to.</param>
    public static byte[] SenderReport(uint ssrc, uint id, byte[]? block = null)
    {
        byte[] packet = new byte[28 + (block?.Length ?? 0)];
        WriteHeader(packet, 200, ssrc, block);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(10), id);
        block?.CopyTo(packet, 28);
        return packet;
    }

    /// <summary>A receiver report with so many report blocks.</summary>
    public static byte[] ReceiverReport(uint ssrc, params byte[][] blocks)
    {
        byte[] all = [.. blocks.SelectMany(b => b)];
        byte[] packet = new byte[8 + all.Length];
        WriteHeader(packet, 201, ssrc, all);
        all.CopyTo(packet, 8);
        return packet;
    }

    /// <param name="source">Whose packets are reported.</param>
    /// <param name="lastReport">The sender report that it refers to, and how long ago that came.</param>
    public static byte[] Block(
        uint source, byte fractionLost = 0, int lost = 0, uint jitter = 0, uint lastReport = 0, uint delay = 0)
    {
        byte[] block = new byte[BlockLength];
        BinaryPrimitives.WriteUInt32BigEndian(block, source);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4), lost & 0xffffff);
        block[4] = fractionLost;
        BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(12), jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(16), lastReport);
        BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(20), delay);
        return block;
    }

    private static void WriteHeader(byte[] packet, byte type, uint ssrc, byte[]? blocks)
    {
        packet[0] = (byte)(0x80 | ((blocks?.Length ?? 0) / BlockLength));
        packet[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)((packet.Length / sizeof(uint)) - 1));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), ssrc);
    }
}
