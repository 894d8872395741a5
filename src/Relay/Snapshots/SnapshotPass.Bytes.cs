namespace RtpProxy.Relay.Snapshots;

/// <content>Single bytes and whole numbers.</content>
internal ref partial struct SnapshotPass
{
    private const int MoreFollow = 0x80;
    private const int BitsPerByte = 7;

    private static ulong ToZigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static long FromZigzag(ulong zigzag) => (long)(zigzag >> 1) ^ -(long)(zigzag & 1);

    private ulong ReadNumber()
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
        for (; value >= MoreFollow; value >>= BitsPerByte)
        {
            WriteByte((byte)(value | MoreFollow));
        }

        WriteByte((byte)value);
    }

    private byte ReadByte() => TryRead(1, out ReadOnlySpan<byte> read) ? read[0] : (byte)0;

    private void WriteByte(byte value) => Write([value]);

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
