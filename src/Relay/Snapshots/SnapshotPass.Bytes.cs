namespace RtpProxy.Relay.Snapshots;

/// <content>Single bytes and whole numbers: some thousand of them in a session, for which everybody waits at an upgrade.</content>
internal ref partial struct SnapshotPass
{
    private const int MoreFollow = 0x80;
    private const int BitsPerByte = 7;
    private const int LongestNumber = 10; // bytes of 64 bits

    private static ulong ToZigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static long FromZigzag(ulong zigzag) => (long)(zigzag >> 1) ^ -(long)(zigzag & 1);

    private ulong ReadNumber()
    {
        ReadOnlySpan<byte> source = _source;
        int position = Position;
        if (source.Length - position >= LongestNumber)
        {
            ulong value = 0;
            for (int shift = 0; shift < (LongestNumber - 1) * BitsPerByte; shift += BitsPerByte)
            {
                ulong octet = source[position++];
                value |= (octet & (MoreFollow - 1)) << shift;
                if (octet < MoreFollow)
                {
                    Position = position;
                    return value;
                }
            }
        }

        return ReadByBytes(); // near the end, or the last byte may say too much
    }

    private ulong ReadByBytes()
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
        if (destination.Length - position < LongestNumber)
        {
            WriteByBytes(value);
            return;
        }

        for (; value >= MoreFollow; value >>= BitsPerByte)
        {
            destination[position++] = (byte)(value | MoreFollow);
        }

        destination[position] = (byte)value;
        Position = position + 1;
    }

    private void WriteByBytes(ulong value)
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
        if ((uint)position < (uint)source.Length)
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
        if ((uint)position < (uint)destination.Length)
        {
            destination[position] = value;
            Position = position + 1;
            return;
        }

        Fail(SnapshotFault.NoRoom);
    }

    private bool TryRead(int length, out ReadOnlySpan<byte> read)
    {
        if (length > _source.Length - Position)
        {
            read = default;
            Fail(SnapshotFault.Cut);
            return false;
        }

        read = _source.Slice(Position, length);
        Position += length;
        return true;
    }

    private void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _destination.Length - Position)
        {
            Fail(SnapshotFault.NoRoom);
            return;
        }

        bytes.CopyTo(_destination[Position..]);
        Position += bytes.Length;
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

    /// <summary>From the first one on there is nothing to read any more, and no room: what comes after it need not look.</summary>
    private void Fail(SnapshotFault fault)
    {
        Fault = Fault == SnapshotFault.None ? fault : Fault;
        _source = default;
        _destination = default;
    }
}
