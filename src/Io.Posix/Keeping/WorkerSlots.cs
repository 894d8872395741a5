using System.Numerics;
using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// The slots of one worker in a <see cref="SlotMemory"/>: each owner has one, which grows with what it holds, and holds the last
/// version written wholly, whenever the process dies.
/// <code>
/// Span room = Begin(place, owner, 0)          write into it; too small: Begin(place, owner, room.Length + 1)
/// place = End(length)                         from now on it holds this
/// </code>
/// </summary>
/// <remarks>Owned by the thread of one worker.</remarks>
public sealed unsafe partial class WorkerSlots
{
    /// <summary>No slot.</summary>
    public const int Nowhere = -1;

    private const int SlotsPerPlace = 256; // a place is the number of an extent and that of a slot in it

    private readonly SlotMemory _memory;
    private readonly int _worker;
    private readonly long* _underWay;
    private readonly SlotExtent?[] _extents = new SlotExtent?[SlotLayout.MaxExtents];
    private readonly List<SlotExtent>[] _open = [.. Enumerable.Range(0, SlotLayout.SlotsOfClass.Length).Select(_ => new List<SlotExtent>())];
    private ulong _version;
    private int _place = Nowhere;
    private int _taken = Nowhere; // the same, if nothing is valid there yet
    private int _replaced = Nowhere;
    private long _owner;

    internal WorkerSlots(SlotMemory memory, int worker)
    {
        _memory = memory;
        _worker = worker;
        _underWay = memory.LineOf(worker);
    }

    /// <summary>Whose work is being done: what a process that comes after a death finds here may have been its cause. 0 for nobody's.</summary>
    public long UnderWay
    {
        get => *_underWay;
        set => *_underWay = value;
    }

    /// <summary>Room for the next version.</summary>
    /// <param name="place">Where the owner's slot is; <see cref="Nowhere"/> if it has none.</param>
    /// <param name="owner">Not 0.</param>
    /// <param name="atLeast">Bytes that are needed.</param>
    /// <returns>Empty when there is no room; nothing has changed then.</returns>
    public Span<byte> Begin(int place, long owner, int atLeast)
    {
        if (_taken != Nowhere)
        {
            Release(_taken); // begun in vain: it was too small
            _taken = Nowhere;
        }

        _owner = owner;
        _place = place;
        _replaced = Nowhere;
        if (place == Nowhere || RoomAt(place) < atLeast)
        {
            _replaced = place;
            _place = _taken = TakeSlot(atLeast);
        }

        return _place == Nowhere ? default : new Span<byte>(OlderHalf(_place) + SlotLayout.HalfHeadBytes, RoomAt(_place));
    }

    /// <summary>What has been written into the room is what the slot holds from now on.</summary>
    /// <returns>Where it is now.</returns>
    public int End(int length)
    {
        byte* slot = SlotAt(_place);
        byte* half = OlderHalf(_place);
        var head = new SlotLayout.HalfHead { Version = ++_version, Length = (uint)length };
        head.Checksum = ChecksumOf(head, _owner, half + SlotLayout.HalfHeadBytes);

        // The version last: until then the half is invalid, and the other one counts.
        var target = (SlotLayout.HalfHead*)half;
        target->Length = head.Length;
        target->Checksum = head.Checksum;
        Volatile.Write(ref target->Version, head.Version);
        Volatile.Write(ref *(long*)slot, _owner);
        if (_replaced != Nowhere)
        {
            Free(_replaced);
        }

        _taken = Nowhere;
        return _place;
    }

    /// <summary>The owner is gone.</summary>
    public void Free(int place)
    {
        Volatile.Write(ref *(long*)SlotAt(place), 0);
        Release(place);
    }

    private SlotExtent ExtentOf(int place) => _extents[place / SlotsPerPlace]!;

    private int RoomAt(int place) => SlotLayout.RoomOf(ExtentOf(place).Class);

    private byte* SlotAt(int place) => SlotAt(place, ExtentOf(place).Class);

    private byte* SlotAt(int place, int slotClass) =>
        _memory.ExtentAt(place / SlotsPerPlace) + ((long)(place % SlotsPerPlace) * SlotLayout.SlotBytes(slotClass));

    private static byte* HalfOf(byte* slot, int slotClass, int half) =>
        slot + SlotLayout.OwnerBytes + (half * SlotLayout.HalfBytes(slotClass));

    private byte* OlderHalf(int place)
    {
        byte* slot = SlotAt(place);
        byte* first = HalfOf(slot, ExtentOf(place).Class, 0);
        byte* second = HalfOf(slot, ExtentOf(place).Class, 1);
        return ((SlotLayout.HalfHead*)first)->Version <= ((SlotLayout.HalfHead*)second)->Version ? first : second;
    }

    private int TakeSlot(int atLeast)
    {
        int slotClass = 0;
        while (slotClass < _open.Length && SlotLayout.RoomOf(slotClass) < atLeast)
        {
            slotClass++;
        }

        if (slotClass == _open.Length)
        {
            return Nowhere;
        }

        List<SlotExtent> open = _open[slotClass];
        if (open.Count == 0)
        {
            int number = _memory.TakeExtent(_worker, slotClass);
            if (number < 0)
            {
                return Nowhere;
            }

            open.Add(_extents[number] = new SlotExtent(number, slotClass));
        }

        SlotExtent extent = open[^1];
        int place = (extent.Number * SlotsPerPlace) + extent.Take();
        if (extent.IsFull)
        {
            open.RemoveAt(open.Count - 1);
        }

        // What somebody had here before is not an older version of what comes.
        byte* slot = SlotAt(place);
        ((SlotLayout.HalfHead*)HalfOf(slot, slotClass, 0))->Version = 0;
        ((SlotLayout.HalfHead*)HalfOf(slot, slotClass, 1))->Version = 0;
        return place;
    }

    private void Release(int place)
    {
        SlotExtent extent = ExtentOf(place);
        List<SlotExtent> open = _open[extent.Class];
        if (extent.IsFull)
        {
            open.Add(extent);
        }

        extent.Free(place % SlotsPerPlace);
        if (extent.Used == 0 && open.Count > 1)
        {
            open.Remove(extent);
            _extents[extent.Number] = null;
            _memory.GiveExtentBack(extent.Number);
        }
    }

    private static uint ChecksumOf(in SlotLayout.HalfHead head, long owner, byte* bytes)
    {
        uint sum = BitOperations.Crc32C(uint.MaxValue, head.Version);
        sum = BitOperations.Crc32C(sum, (ulong)owner);
        sum = BitOperations.Crc32C(sum, head.Length);
        var rest = new ReadOnlySpan<byte>(bytes, (int)head.Length);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(rest);
        foreach (ulong word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (byte octet in rest[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, octet);
        }

        return sum;
    }
}
