namespace RtpProxy.Relay.Snapshots;

/// <content>Single bytes and whole numbers.</content>
internal ref partial struct SnapshotPass
{
    private const int MoreFollow = 0x80;
    private const int BitsPerByte = 7;
    private const int LongestNumber = 10; // bytes of 64 bits

    private static ulong ToZigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static long FromZigzag(ulong zigzag) => (long)(zigzag >> 1) ^ -(long)(zigzag & 1);

    // Most numbers are short, and a snapshot is made of hundreds: one look at the room for each of them.
    private ulong ReadNumber()
    {
        ReadOnlySpan<byte> source = _source;
        int position = Position;
        if (Fault == SnapshotFault.None && (uint)position < (uint)source.Length && source[position] < MoreFollow)
        {
            Position = position + 1;
            return source[position];
        }

        return ReadLong();
    }

    private ulong ReadLong()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += BitsPerByte)
        {
            byte octet = ReadByte();
            ulong bits = (ulong)(octet & (MoreFollow - 1));
            if (bits << shift >> shift != bits)
            {
                break; // more than 64 bits
            }

            value |= bits << shift;
            if (octet < MoreFollow)
            {
                return value;
            }
        }

        Fail(SnapshotFault.OutOfRange);
        return 0;
    }

    private void WriteNumber(ulong value)
    {
        Span<byte> destination = _destination;
        int position = Position;
        if (Fault != SnapshotFault.None || destination.Length - position < LongestNumber)
        {
            WriteNumberAtTheEnd(value);
            return;
        }

        for (; value >= MoreFollow; value >>= BitsPerByte)
        {
            destination[position++] = (byte)(value | MoreFollow);
        }

        destination[position++] = (byte)value;
        Position = position;
    }

    private void WriteNumberAtTheEnd(ulong value)
    {
        for (; value >= MoreFollow; value >>= BitsPerByte)
        {
            WriteByte((byte)(value | MoreFollow));
        }

        WriteByte((byte)value);
    }

    private byte ReadByte()
    {
        ReadOnlySpan<byte> source = _source;
        int position = Position;
        if (Fault == SnapshotFault.None && (uint)position < (uint)source.Length)
        {
            Position = position + 1;
            return source[position];
        }

        Fail(SnapshotFault.Cut);
        return 0;
    }

    private void WriteByte(byte value)
    {
        Span<byte> destination = _destination;
        int position = Position;
        if (Fault == SnapshotFault.None && (uint)position < (uint)destination.Length)
        {
            destination[position] = value;
            Position = position + 1;
            return;
        }

        Fail(SnapshotFault.NoRoom);
    }

    private bool TryRead(int length, out ReadOnlySpan<byte> read)
    {
        read = default;
        if (Fault == SnapshotFault.None && length > _source.Length - Position)
        {
            Fail(SnapshotFault.Cut);
        }

        if (Fault != SnapshotFault.None)
        {
            return false;
        }

        read = _source.Slice(Position, length);
        Position += length;
        return true;
    }

    private void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (Fault == SnapshotFault.None && !bytes.TryCopyTo(_destination[Position..]))
        {
            Fail(SnapshotFault.NoRoom);
        }

        Position += Fault == SnapshotFault.None ? bytes.Length : 0;
    }

    private void Check<T>(ref T value, bool isPossible)
        where T : unmanaged
    {
        if (!isPossible)
        {
            Fail(SnapshotFault.OutOfRange);
            value = default;
        }
    }

    private void Fail(SnapshotFault fault) => Fault = Fault == SnapshotFault.None ? fault : Fault;
}
