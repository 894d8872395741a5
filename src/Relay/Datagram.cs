namespace RtpProxy.Relay;

/// <summary>
/// One datagram in a buffer that has room before and after it: what changes a packet's length on its way, as a cipher does that
/// appends its tag, works in place. Whoever brings a datagram provides the room: the engine that receives it, the link it comes
/// over from another worker, the core where it makes one.
/// </summary>
/// <remarks>Borrowed for the call, room included. What is in the room is old.</remarks>
public readonly ref struct Datagram
{
    /// <summary>Free bytes before a datagram; a whole cache line, so that it begins on one if its buffer does.</summary>
    public const int RoomBefore = 64;

    /// <summary>
    /// Free bytes after a datagram. The longest trailer that SRTP knows has 148: the index of an SRTCP packet, 4, a master key
    /// identifier, at most 128 (RFC 4568, section 6.1), and a tag, at most 16 (RFC 7714, section 5.2).
    /// </summary>
    public const int RoomAfter = 192;

    /// <param name="buffer">Of <see cref="BufferLength"/> bytes at least; the datagram begins at <see cref="RoomBefore"/>.</param>
    /// <param name="length">0 and up.</param>
    public Datagram(Span<byte> buffer, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, BufferLength(length), nameof(buffer));
        Buffer = buffer;
        Bytes = buffer.Slice(RoomBefore, length);
    }

    public Span<byte> Bytes { get; }

    /// <summary>The bytes and the room around them.</summary>
    public Span<byte> Buffer { get; }

    /// <summary>How long a buffer has to be for datagrams of so many bytes.</summary>
    public static int BufferLength(int datagramLength) => RoomBefore + datagramLength + RoomAfter;
}
