using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>Consecutive packets of a channel, either in memory or, when they have become old, in the temporary file.</summary>
internal sealed class PacketBlock
{
    public const int Capacity = 256;

    private const int InitialCapacity = 4;
    private const long NotStored = -1;

    private PacketEntry[]? _entries = ArrayPool<PacketEntry>.Shared.Rent(InitialCapacity);
    private long _storedAt = NotStored;

    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>Smallest sequence number, as a plain number.</summary>
    public ushort MinSequence { get; private set; } = ushort.MaxValue;

    /// <summary>Smallest timestamp, as a plain number.</summary>
    public uint MinTimestamp { get; private set; } = uint.MaxValue;

    public bool IsInMemory => _entries is not null;

    public ReadOnlySpan<PacketEntry> Entries =>
        (_entries ?? throw new UnreachableException("the block is in the temporary file")).AsSpan(0, Count);

    public void Insert(int index, in PacketEntry packet)
    {
        PacketEntry[] entries = _entries ?? throw new UnreachableException("the block is in the temporary file");
        if (Count == entries.Length)
        {
            entries = Grow(entries);
        }

        entries.AsSpan(index, Count - index).CopyTo(entries.AsSpan(index + 1));
        entries[index] = packet;
        Count++;
        Note(packet);
    }

    /// <summary>Gives the upper half of a full block to a new one.</summary>
    public PacketBlock Split()
    {
        PacketBlock upper = new();
        foreach (PacketEntry packet in Entries[(Capacity / 2)..])
        {
            upper.Insert(upper.Count, packet);
        }

        Count = Capacity / 2;
        (MinSequence, MinTimestamp) = (ushort.MaxValue, uint.MaxValue);
        foreach (PacketEntry packet in Entries)
        {
            Note(packet);
        }

        return upper;
    }

    /// <summary>Moves the packets out of memory.</summary>
    public void Store(SpillFile spill)
    {
        if (_entries is null)
        {
            return;
        }

        if (_storedAt == NotStored)
        {
            _storedAt = spill.Reserve(Capacity * Unsafe.SizeOf<PacketEntry>()); // a stored block can still grow
        }

        spill.WriteAt(_storedAt, MemoryMarshal.AsBytes(Entries));
        ArrayPool<PacketEntry>.Shared.Return(_entries);
        _entries = null;
    }

    /// <summary>Brings the packets back into memory.</summary>
    public void Restore(SpillFile spill)
    {
        if (_entries is null)
        {
            PacketEntry[] entries = ArrayPool<PacketEntry>.Shared.Rent(Capacity);
            Read(spill, entries);
            _entries = entries;
        }
    }

    /// <summary>Copies the packets, wherever they are; returns how many.</summary>
    public int Read(SpillFile spill, Span<PacketEntry> destination)
    {
        if (_entries is not null)
        {
            Entries.CopyTo(destination);
            return Count;
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(destination[..Count]);
        if (spill.ReadAt(_storedAt, bytes) != bytes.Length)
        {
            throw new IOException("the temporary file is shorter than what was written to it");
        }

        return Count;
    }

    private PacketEntry[] Grow(PacketEntry[] entries)
    {
        PacketEntry[] larger = ArrayPool<PacketEntry>.Shared.Rent(Math.Min(Count * 4, Capacity));
        entries.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<PacketEntry>.Shared.Return(entries);
        _entries = larger;
        return larger;
    }

    private void Note(in PacketEntry packet)
    {
        MinSequence = Math.Min(MinSequence, packet.Sequence.Value);
        MinTimestamp = Math.Min(MinTimestamp, packet.Timestamp.Value);
    }
}
