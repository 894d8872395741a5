using System.Buffers.Binary;

namespace RtpProxy.Relay.Snapshots;

/// <summary>
/// One way over everything that a snapshot consists of, which writes it or reads it. What is passed is therefore written and
/// read in the same order by the same lines.
/// <code>
/// whole numbers: 7 bits a byte, the lowest first, the eighth says that more follow; signed ones zigzag (0 -1 1 -2 2 ...)
/// flags (also four), choices: one byte      fractions: IEEE double, little endian      texts, bytes: length, then each
/// instants: nanoseconds before that of the snapshot, signed, of which 0 is kept for one that was never set
/// </code>
/// </summary>
/// <remarks>
/// Never throws for what it reads: the first fault stays, and everything after it reads as zero. Nothing is allocated that is
/// longer than what is read from.
/// </remarks>
internal ref partial struct SnapshotPass
{
    private readonly Instant _at;
    private readonly Instant _zero; // what was the origin of the writer's clock
    private Span<byte> _destination;
    private ReadOnlySpan<byte> _source;

    private SnapshotPass(
        Span<byte> destination, ReadOnlySpan<byte> source, bool isReading, byte version, Instant at, Instant zero)
    {
        Version = version;
        _zero = zero;
        _destination = destination;
        _source = source;
        IsReading = isReading;
        _at = at;
    }

    public bool IsReading { get; }

    /// <summary>Of the snapshot: what a later one has beside is passed over (<see cref="SnapshotVersions"/>).</summary>
    public byte Version { get; }

    public SnapshotFault Fault { get; private set; }

    /// <summary>Bytes written or read so far.</summary>
    public int Position { get; private set; }

    /// <param name="at">The instant that all others are counted from.</param>
    public static SnapshotPass Writing(Span<byte> destination, byte version, Instant at) =>
        new(destination, default, false, version, at, default);

    /// <param name="at">The same instant, on the clock of who reads.</param>
    /// <param name="written">As it was written.</param>
    public static SnapshotPass Reading(ReadOnlySpan<byte> source, byte version, Instant at, Instant written) =>
        new(default, source, true, version, at, new Instant(at.Nanoseconds - written.Nanoseconds));

    /// <summary>The end: nothing may follow.</summary>
    public SnapshotFault End()
    {
        if (IsReading && Position < _source.Length)
        {
            Fail(SnapshotFault.TooLong);
        }

        return Fault;
    }

    /// <summary>What was read cannot be.</summary>
    public void Refuse() => Fail(SnapshotFault.OutOfRange);

    public void Octet(ref byte value, byte max = byte.MaxValue)
    {
        if (IsReading)
        {
            value = ReadByte();
            Check(ref value, value <= max);
        }
        else
        {
            WriteByte(value);
        }
    }

    public void Flag(ref bool value)
    {
        byte octet = value ? (byte)1 : (byte)0;
        Octet(ref octet, 1);
        value = octet != 0;
    }

    /// <summary>Four flags in one byte.</summary>
    public void Flags(ref bool first, ref bool second, ref bool third, ref bool fourth)
    {
        const byte All = 0b1111;
        byte octet = (byte)((first ? 1 : 0) | (second ? 2 : 0) | (third ? 4 : 0) | (fourth ? 8 : 0));
        Octet(ref octet, All);
        first = (octet & 1) != 0;
        second = (octet & 2) != 0;
        third = (octet & 4) != 0;
        fourth = (octet & 8) != 0;
    }

    /// <summary>Whether something optional follows: told when writing, found when reading.</summary>
    public bool Present(bool isPresent)
    {
        Flag(ref isPresent);
        return isPresent;
    }

    public void Number(ref ulong value, ulong max = ulong.MaxValue)
    {
        if (IsReading)
        {
            value = ReadNumber();
            Check(ref value, value <= max);
        }
        else
        {
            WriteNumber(value);
        }
    }

    public void Number(ref uint value)
    {
        if (IsReading)
        {
            ulong number = ReadNumber();
            Check(ref number, number <= uint.MaxValue);
            value = (uint)number;
        }
        else
        {
            WriteNumber(value);
        }
    }

    public void Number(ref ushort value)
    {
        if (IsReading)
        {
            ulong number = ReadNumber();
            Check(ref number, number <= ushort.MaxValue);
            value = (ushort)number;
        }
        else
        {
            WriteNumber(value);
        }
    }

    public void Number(ref long value, long min = long.MinValue, long max = long.MaxValue)
    {
        if (IsReading)
        {
            value = FromZigzag(ReadNumber());
            Check(ref value, value >= min && value <= max);
        }
        else
        {
            WriteNumber(ToZigzag(value));
        }
    }

    public void Number(ref int value, int min = int.MinValue, int max = int.MaxValue)
    {
        long number = value;
        Number(ref number, min, max);
        value = (int)number;
    }

    /// <summary>How many of something follow: told when writing, found when reading.</summary>
    public int Count(int count, int max)
    {
        ulong number = (ulong)count;
        Number(ref number, (ulong)max);
        return (int)number;
    }

    public void Fraction(ref double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Octets(bytes);
        value = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        if (IsReading)
        {
            Check(ref value, double.IsFinite(value));
        }
    }

    public void Bits(ref ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Octets(bytes);
        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public void Moment(ref Instant value)
    {
        // Many are not set: they would be the longest of all.
        Pass(ref value, none: _zero);
    }

    /// <summary>Zero is none.</summary>
    public void Optional(ref Instant value)
    {
        Pass(ref value, none: default);
    }

    private void Pass(ref Instant value, Instant none)
    {
        if (!IsReading)
        {
            WriteNumber(value == none ? 0 : ToZigzag(_at.Nanoseconds - value.Nanoseconds) + 1);
        }
        else
        {
            value = ReadNumber() is > 0 and var number ? new Instant(_at.Nanoseconds - FromZigzag(number - 1)) : none;
        }
    }

    public void Duration(ref TimeSpan value)
    {
        long ticks = value.Ticks;
        Number(ref ticks, 0, SnapshotLimits.Duration.Ticks);
        value = new TimeSpan(ticks);
    }
}
