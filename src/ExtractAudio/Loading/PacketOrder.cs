namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// The packets of one channel in the order in which they are decoded. Each new one is put, seen from the end, after the first
/// that has a smaller timestamp or a smaller sequence number, both compared as plain numbers, which is the original's rule
/// and decides what a recording with a wrap or a restart sounds like.
/// </summary>
/// <remarks>
/// Only the last two blocks of packets are in memory. Since packets come nearly in order, an older block is hardly ever
/// touched again; and one look at its smallest numbers tells whether a new packet goes past all of it.
/// </remarks>
internal sealed class PacketOrder(SpillFile spill)
{
    private const int BlocksInMemory = 2;

    private readonly List<PacketBlock> _blocks = [new PacketBlock()];

    public IReadOnlyList<PacketBlock> Blocks => _blocks;

    /// <summary>The first packet in order; there is one after the first insertion.</summary>
    public PacketEntry First { get; private set; }

    /// <summary>False for a duplicate, which is a packet met on the way whose sequence number is the same.</summary>
    public bool TryInsert(in PacketEntry packet)
    {
        for (int block = _blocks.Count - 1; block >= 0; block--)
        {
            if (IsBefore(packet, _blocks[block]))
            {
                continue;
            }

            _blocks[block].Restore(spill);
            int? index = FindPlace(packet, _blocks[block].Entries);
            if (index is { } place)
            {
                Insert(block, place, packet);
            }

            StoreOld(block);
            return index.HasValue;
        }

        _blocks[0].Restore(spill);
        Insert(0, 0, packet);
        StoreOld(0);
        First = packet;
        return true;
    }

    /// <summary>Moves everything out of memory, when this is no longer the end of the channel.</summary>
    public void StoreAll()
    {
        foreach (PacketBlock block in _blocks)
        {
            block.Store(spill);
        }
    }

    /// <summary>True when no packet of the block stops a walk from the end: none is smaller, and none is the same.</summary>
    private static bool IsBefore(in PacketEntry packet, PacketBlock block) =>
        packet.Sequence.Value < block.MinSequence && packet.Timestamp.Value <= block.MinTimestamp;

    /// <summary>The index to insert at, or null for a duplicate.</summary>
    private static int? FindPlace(in PacketEntry packet, ReadOnlySpan<PacketEntry> entries)
    {
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].Sequence == packet.Sequence)
            {
                return null;
            }

            if (entries[i].Timestamp.Value < packet.Timestamp.Value || entries[i].Sequence.Value < packet.Sequence.Value)
            {
                return i + 1;
            }
        }

        return 0;
    }

    private void Insert(int block, int index, in PacketEntry packet)
    {
        PacketBlock target = _blocks[block];
        if (target.IsFull && index == PacketBlock.Capacity && block == _blocks.Count - 1)
        {
            target = new PacketBlock();
            index = 0;
            _blocks.Add(target);
        }
        else if (target.IsFull)
        {
            PacketBlock upper = target.Split();
            _blocks.Insert(block + 1, upper);
            if (index > target.Count)
            {
                index -= target.Count;
                target = upper;
            }
        }

        target.Insert(index, packet);
        if (target == _blocks[0] && index == 0)
        {
            First = packet;
        }
    }

    /// <summary>Moves out of memory what is no longer at the end, or was only brought back for a late packet.</summary>
    private void StoreOld(int touched)
    {
        int firstKept = _blocks.Count - BlocksInMemory;
        foreach (int block in (ReadOnlySpan<int>)[touched, touched + 1, firstKept - 1])
        {
            if (block >= 0 && block < firstKept)
            {
                _blocks[block].Store(spill);
            }
        }
    }
}
