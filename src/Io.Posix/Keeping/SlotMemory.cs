using System.ComponentModel;
using System.Runtime.InteropServices;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// Memory that outlives its process, in the hands of a keeper: slots for what each worker knows, the deaths of late, and what each
/// worker is about (ADR 22). What is read of it may have been damaged in any way.
/// </summary>
/// <remarks>Thread-safe but for the slots of a worker, which belong to its thread, and the deaths, which are noted before there are any.</remarks>
public sealed unsafe class SlotMemory : IDisposable
{
    /// <summary>What a keeper knows it by.</summary>
    public const string Name = "memory";

    /// <summary>Workers at most.</summary>
    public const int MaxWorkers = 1024;

    private readonly SharedMemory _memory;
    private readonly WorkerSlots[] _slots;

    private SlotMemory(SharedMemory memory, int workers)
    {
        _memory = memory;
        Workers = workers;
        _slots = [.. Enumerable.Range(0, workers).Select(worker => new WorkerSlots(this, worker))];
    }

    public int Workers { get; }

    public WorkerSlots this[int worker] => _slots[worker];

    /// <summary>The version of what is kept in it.</summary>
    public uint Content
    {
        get => Head->Content;
        set => Head->Content = value;
    }

    /// <summary>No session is to be made any more, whoever goes on.</summary>
    public bool IsDraining
    {
        get => Head->IsDraining != 0;
        set => Head->IsDraining = value ? 1 : 0;
    }

    /// <summary>
    /// Which process goes on with the sessions; 0 in a standstill, when nobody does. Where the keeper dies meanwhile, that of two which
    /// finds 0 here goes on (<see cref="TryClaim"/>).
    /// </summary>
    public int Relaying
    {
        get => Volatile.Read(ref Head->Relaying);
        set => Volatile.Write(ref Head->Relaying, value);
    }

    /// <summary>The deaths that are remembered, and since when sessions are given up for them.</summary>
    public DeathNotes Deaths
    {
        get => new(Head->GaveUpAt, [.. Enumerable.Range(0, SlotLayout.Deaths).Select(DeathAt).OfType<DeathNote>().OrderBy(death => death.At)]);
        set
        {
            Head->GaveUpAt = value.GaveUpAt;
            for (int i = 0; i < SlotLayout.Deaths; i++)
            {
                Span<long> room = RoomOfDeath(i);
                room.Clear();
                if (i < value.Deaths.Count)
                {
                    room[0] = value.Deaths[i].At;
                    for (int worker = 0; worker < Math.Min(Workers, value.Deaths[i].UnderWay.Count); worker++)
                    {
                        room[1 + worker] = value.Deaths[i].UnderWay[worker];
                    }
                }
            }
        }
    }

    private SlotLayout.Head* Head => (SlotLayout.Head*)_memory.Start;

    /// <summary>A new one.</summary>
    /// <param name="content">The version of what will be kept in it.</param>
    /// <exception cref="Win32Exception">The system gives none.</exception>
    public static SlotMemory Create(int workers, uint content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, MaxWorkers);
        var memory = new SlotMemory(SharedMemory.Create(SlotLayout.TotalBytes(workers)), workers);
        *memory.Head = new SlotLayout.Head
        {
            Magic = SlotLayout.Magic,
            Version = SlotLayout.Version,
            Content = content,
            Workers = workers,
        };
        return memory;
    }

    /// <summary>The one that the process before this one had.</summary>
    /// <param name="whyNot">Why this process cannot read what is of a version, as one plain sentence; empty where it can.</param>
    /// <param name="fault">Why there is none that can be used, the same.</param>
    public static SlotMemory? TryOpen(Legacies legacies, Func<uint, string> whyNot, out string fault)
    {
        ArgumentNullException.ThrowIfNull(legacies);
        if (legacies.Take(Name) is not [FdHandle file, ..])
        {
            fault = "nothing has been kept";
            return null;
        }

        try
        {
            return TryOpen(file, whyNot, out fault);
        }
        catch (Exception cannot) when (cannot is Win32Exception or InvalidDataException)
        {
            file.Dispose();
            fault = $"what has been kept cannot be read: {cannot.Message}";
            return null;
        }
    }

    /// <summary>This process goes on with the sessions, unless another one does.</summary>
    public bool TryClaim() =>
        Interlocked.CompareExchange(ref Head->Relaying, Environment.ProcessId, 0) is var before && (before == 0 || before == Environment.ProcessId);

    /// <summary>Has a keeper hold it. False when it cannot now.</summary>
    public bool TryKeep(IKeeper keeper)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        return keeper.TryHold("memory"u8, _memory.Descriptor);
    }

    public void Dispose() => _memory.Dispose();

    internal static SlotMemory? TryOpen(FdHandle file, Func<uint, string> whyNot, out string fault)
    {
        SlotLayout.Head head = default;
        SharedMemory.Peek(file, MemoryMarshal.AsBytes(new Span<SlotLayout.Head>(ref head)));
        fault = FaultOf(head, whyNot);
        if (fault.Length > 0)
        {
            file.Dispose();
            return null;
        }

        return new SlotMemory(SharedMemory.Open(file, SlotLayout.TotalBytes(head.Workers)), head.Workers);
    }

    /// <summary>All of it, for tests.</summary>
    internal Span<byte> BytesAt(long offset, int length) => new(_memory.Start + offset, length);

    internal int Descriptor => _memory.Descriptor;

    internal long* LineOf(int worker) => (long*)(_memory.Start + SlotLayout.LineOffset(Workers, worker));

    internal byte* ExtentAt(int extent) => _memory.Start + SlotLayout.ExtentOffset(Workers, extent);

    /// <summary>Whose an extent is; false for nobody's.</summary>
    internal bool TryReadEntry(int extent, out int worker, out int slotClass) =>
        SlotLayout.TryReadEntry(Volatile.Read(ref EntryOf(extent)), Workers, out worker, out slotClass);

    /// <summary>An extent for the slots of one class, all zeros; -1 when there is no room.</summary>
    internal int TakeExtent(int worker, int slotClass)
    {
        uint entry = SlotLayout.EntryOf(worker, slotClass);
        for (int extent = 0; extent < SlotLayout.MaxExtents; extent++)
        {
            if (Volatile.Read(ref EntryOf(extent)) != 0 || Interlocked.CompareExchange(ref EntryOf(extent), entry, 0) != 0)
            {
                continue;
            }

            if (_memory.TryTakeRoom(SlotLayout.ExtentOffset(Workers, extent), SlotLayout.ExtentBytes))
            {
                return extent;
            }

            GiveExtentBack(extent);
            return -1;
        }

        return -1;
    }

    internal void GiveExtentBack(int extent)
    {
        _memory.GiveRoomBack(SlotLayout.ExtentOffset(Workers, extent), SlotLayout.ExtentBytes);
        Volatile.Write(ref EntryOf(extent), 0);
    }

    private static string FaultOf(in SlotLayout.Head head, Func<uint, string> whyNot) => head switch
    {
        { Magic: not SlotLayout.Magic } => "what has been kept is something else",
        { Version: not SlotLayout.Version } => $"what has been kept is laid out as of version {head.Version}, and only {SlotLayout.Version} can be read",
        { Workers: < 1 or > MaxWorkers } => "what has been kept is damaged",
        _ => whyNot(head.Content),
    };

    private ref uint EntryOf(int extent) => ref *(uint*)(_memory.Start + SlotLayout.TableOffset(Workers) + ((long)extent * sizeof(uint)));

    private Span<long> RoomOfDeath(int death) => new(_memory.Start + SlotLayout.DeathOffset(Workers, death), 1 + Workers);

    private DeathNote? DeathAt(int death)
    {
        Span<long> room = RoomOfDeath(death);
        return room[0] > 0 ? new DeathNote(room[0], room[1..].ToArray()) : null;
    }
}
