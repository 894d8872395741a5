using System.Buffers.Binary;
using System.Text;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Hep;

/// <summary>
/// Writes packets of the Homer Encapsulation Protocol, version 3, in the order of chunks that the original has (media rules,
/// section 8.2), but with the capture id as the protocol wants it.
/// <code>
/// "HEP3" | length of all, 16 bit | chunks of: vendor 0, 16 bit | type, 16 bit | length with these 6 bytes, 16 bit | value
/// </code>
/// Numbers are big endian.
/// </summary>
public static class HepPacket
{
    private const int HeadLength = 6;
    private const int ChunkHeadLength = 6;

    // The fixed chunks: family, protocol, payload type: 1 byte each; two ports: 2; seconds, microseconds, capture id: 4.
    private const int FixedLength = (8 * ChunkHeadLength) + (3 * 1) + (2 * 2) + (3 * 4);
    private const byte Udp = 17;
    private const byte FamilyIPv4 = 2; // AF_INET and AF_INET6 of Linux
    private const byte FamilyIPv6 = 10;
    private const int MicrosecondsPerSecond = 1_000_000;

    private enum Chunk : ushort
    {
        Family = 0x0001,
        Protocol = 0x0002,
        IPv4Source = 0x0003,
        IPv4Destination = 0x0004,
        IPv6Source = 0x0005,
        IPv6Destination = 0x0006,
        SourcePort = 0x0007,
        DestinationPort = 0x0008,
        Seconds = 0x0009,
        Microseconds = 0x000a,
        PayloadType = 0x000b,
        CaptureId = 0x000c,
        Payload = 0x000f,
        CorrelationId = 0x0011,
    }

    /// <returns>Null when it is all too long for a packet.</returns>
    public static byte[]? TryMake(in HepHeader header, uint captureId, ReadOnlySpan<byte> payload)
    {
        bool isIPv6 = header.Source.IsIPv6 || header.Destination.IsIPv6;
        int addressLength = isIPv6 ? 16 : 4;
        int length = HeadLength + FixedLength
            + (4 * ChunkHeadLength) + (2 * addressLength) + header.CallId.Length + payload.Length;
        if (length > ushort.MaxValue)
        {
            return null;
        }

        byte[] packet = new byte[length];
        "HEP3"u8.CopyTo(packet);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)length);
        (long seconds, long microseconds) = Math.DivRem(header.WallMicroseconds, MicrosecondsPerSecond);

        Span<byte> rest = packet.AsSpan(HeadLength);
        Begin(ref rest, Chunk.Family, 1)[0] = isIPv6 ? FamilyIPv6 : FamilyIPv4;
        Begin(ref rest, Chunk.Protocol, 1)[0] = Udp;
        BinaryPrimitives.WriteUInt16BigEndian(Begin(ref rest, Chunk.SourcePort, 2), header.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(Begin(ref rest, Chunk.DestinationPort, 2), header.Destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(Begin(ref rest, Chunk.Seconds, 4), (uint)seconds);
        BinaryPrimitives.WriteUInt32BigEndian(Begin(ref rest, Chunk.Microseconds, 4), (uint)microseconds);
        Begin(ref rest, Chunk.PayloadType, 1)[0] = (byte)header.Payload;
        BinaryPrimitives.WriteUInt32BigEndian(Begin(ref rest, Chunk.CaptureId, 4), captureId);
        Encoding.Latin1.GetBytes(header.CallId, Begin(ref rest, Chunk.CorrelationId, header.CallId.Length));
        WriteAddress(header.Source, Begin(ref rest, isIPv6 ? Chunk.IPv6Source : Chunk.IPv4Source, addressLength));
        WriteAddress(header.Destination, Begin(ref rest, isIPv6 ? Chunk.IPv6Destination : Chunk.IPv4Destination, addressLength));
        payload.CopyTo(Begin(ref rest, Chunk.Payload, payload.Length));
        return packet;
    }

    /// <summary>The place of a chunk's value; <paramref name="rest"/> is what follows it.</summary>
    private static Span<byte> Begin(ref Span<byte> rest, Chunk type, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(rest[4..], (ushort)(ChunkHeadLength + length));
        Span<byte> value = rest.Slice(ChunkHeadLength, length);
        rest = rest[(ChunkHeadLength + length)..];
        return value;
    }

    /// <summary>An address that is not known, or of the other family, is left unspecified.</summary>
    private static void WriteAddress(in Endpoint endpoint, Span<byte> value)
    {
        if (endpoint.IsKnown && endpoint.IsIPv6 == (value.Length == 16))
        {
            endpoint.WriteAddress(value);
        }
    }
}
