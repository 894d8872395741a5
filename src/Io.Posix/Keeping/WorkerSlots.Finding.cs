namespace RtpProxy.Io.Posix.Keeping;

/// <content>What another process has left. Nothing of it is believed that a checksum does not confirm.</content>
public sealed unsafe partial class WorkerSlots
{
    /// <summary>
    /// The slots that hold something valid, the newest of each owner; changes nothing. While another process writes, some of them
    /// may not be valid any more when they are read.
    /// </summary>
    /// <param name="damaged">Slots that are somebody's and hold nothing valid.</param>
    /// <param name="after">Only what has a higher version; the rest is neither found nor damaged.</param>
    public IReadOnlyList<FoundSlot> Find(out int damaged, ulong after = 0)
    {
        damaged = 0;
        var newest = new Dictionary<long, FoundSlot>();
        for (int extent = 0; extent < SlotLayout.MaxExtents; extent++)
        {
            if (!_memory.TryReadEntry(extent, out int worker, out int slotClass) || worker != _worker)
            {
                continue;
            }

            for (int slot = 0; slot < SlotLayout.SlotsOfClass[slotClass]; slot++)
            {
                int place = (extent * SlotsPerPlace) + slot;
                long owner = Volatile.Read(ref *(long*)SlotAt(place, slotClass));
                if (owner == 0 || (after > 0 && VersionAt(place, slotClass) <= after))
                {
                    continue;
                }

                if (NewestHalf(place, slotClass, owner) is not { } found)
                {
                    damaged++;
                }
                else if (!newest.TryGetValue(owner, out FoundSlot other) || other.Version < found.Version)
                {
                    newest[owner] = found;
                }
            }
        }

        return [.. newest.Values];
    }

    /// <summary>What a slot that was found holds; may have been changed since by another process.</summary>
    public ReadOnlySpan<byte> Read(in FoundSlot found) => _memory.TryReadEntry(found.Place / SlotsPerPlace, out _, out int slotClass)
        ? new(HalfOf(SlotAt(found.Place, slotClass), slotClass, found.Half) + SlotLayout.HalfHeadBytes, found.Length)
        : default;

    /// <summary>
    /// This process goes on with the slots that were found, and with no others: all else is free. To be called again when another
    /// process may have written meanwhile.
    /// </summary>
    public void Adopt(IReadOnlyList<FoundSlot> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        Array.Clear(_extents);
        Array.ForEach(_open, open => open.Clear());
        _taken = Nowhere;
        foreach (FoundSlot slot in found)
        {
            int number = slot.Place / SlotsPerPlace;
            if (_memory.TryReadEntry(number, out int worker, out int slotClass) && worker == _worker)
            {
                (_extents[number] ??= new SlotExtent(number, slotClass)).Take(slot.Place % SlotsPerPlace);
                _version = Math.Max(_version, slot.Version);

                // An invalid half may claim any version, and would never be written again.
                ((SlotLayout.HalfHead*)HalfOf(SlotAt(slot.Place, slotClass), slotClass, 1 - slot.Half))->Version = 0;
            }
        }

        for (int number = 0; number < SlotLayout.MaxExtents; number++)
        {
            if (_extents[number] is { } extent)
            {
                ClearOthers(extent);
            }
            else if (_memory.TryReadEntry(number, out int worker, out _) && worker == _worker)
            {
                _memory.GiveExtentBack(number);
            }
        }
    }

    private void ClearOthers(SlotExtent extent)
    {
        for (int slot = 0; slot < SlotLayout.SlotsOfClass[extent.Class]; slot++)
        {
            if (!extent.Has(slot))
            {
                *(long*)SlotAt((extent.Number * SlotsPerPlace) + slot, extent.Class) = 0;
            }
        }

        if (!extent.IsFull)
        {
            _open[extent.Class].Add(extent);
        }
    }

    private FoundSlot? NewestHalf(int place, int slotClass, long owner)
    {
        int newer = HeadAt(place, slotClass, 0).Version >= HeadAt(place, slotClass, 1).Version ? 0 : 1;
        return ValidHalf(place, slotClass, owner, newer) ?? ValidHalf(place, slotClass, owner, 1 - newer);
    }

    private FoundSlot? ValidHalf(int place, int slotClass, long owner, int half)
    {
        byte* bytes = HalfOf(SlotAt(place, slotClass), slotClass, half);
        SlotLayout.HalfHead head = HeadAt(place, slotClass, half);
        return head.Version > 0
            && head.Length <= SlotLayout.RoomOf(slotClass)
            && ChecksumOf(head, owner, bytes + SlotLayout.HalfHeadBytes) == head.Checksum
            ? new FoundSlot(place, owner, head.Version, (int)head.Length) { Half = half }
            : null;
    }

    /// <summary>The higher one of both halves, whether they are valid or not.</summary>
    private ulong VersionAt(int place, int slotClass) =>
        Math.Max(HeadAt(place, slotClass, 0).Version, HeadAt(place, slotClass, 1).Version);

    private SlotLayout.HalfHead HeadAt(int place, int slotClass, int half) =>
        *(SlotLayout.HalfHead*)HalfOf(SlotAt(place, slotClass), slotClass, half);
}
