using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// How a <see cref="SlotMemory"/> is laid out:
/// <code>
/// head | deaths | a line per worker: what it is about | whose each extent is, of which class | extents of 192 KiB
/// extent: slots of one class:  owner, 0 for free | older half | newer half      (which is which, the versions say)
/// half:   version | length | checksum of all of it and of the owner | bytes
/// </code>
/// A half is valid when its checksum is right, so whoever dies while it writes one leaves the other.
/// </summary>
internal static class SlotLayout
{
    /// <summary>"RTPSLOTS".</summary>
    public const ulong Magic = 0x5354_4F4C_5350_5452;

    /// <summary>Changes with everything that is said here.</summary>
    public const uint Version = 1;

    /// <summary>Deaths that are remembered.</summary>
    public const int Deaths = 5;

    public const int ExtentBytes = 192 << 10;

    /// <summary>A slot begins with its owner; the rest of these bytes is for later, and keeps the halves aligned.</summary>
    public const int OwnerBytes = 16;

    public const int HalfHeadBytes = 16;

    /// <summary>Extents at most, of all workers: 768 MiB.</summary>
    public const int MaxExtents = 4096;

    private const int HeadBytes = 64;
    private const int LineBytes = 64;
    private const int PageBytes = 4096;

    /// <summary>Slots of an extent, by class: each gets 192 KiB through that, 2 KiB to 192 KiB.</summary>
    public static ReadOnlySpan<byte> SlotsOfClass => [96, 64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1];

    /// <summary>Bytes that a half can hold.</summary>
    public static int RoomOf(int slotClass) => HalfBytes(slotClass) - HalfHeadBytes;

    public static int SlotBytes(int slotClass) => ExtentBytes / SlotsOfClass[slotClass];

    public static int HalfBytes(int slotClass) => ((SlotBytes(slotClass) - OwnerBytes) / 2) & ~7;

    public static long DeathOffset(int workers, int death) => HeadBytes + ((long)death * DeathBytes(workers));

    public static int DeathBytes(int workers) => sizeof(long) * (1 + workers);

    public static long LineOffset(int workers, int worker) => Line(DeathOffset(workers, Deaths)) + ((long)worker * LineBytes);

    public static long TableOffset(int workers) => LineOffset(workers, workers);

    public static long ExtentOffset(int workers, int extent) =>
        Page(TableOffset(workers) + (MaxExtents * sizeof(uint))) + ((long)extent * ExtentBytes);

    public static long TotalBytes(int workers) => ExtentOffset(workers, MaxExtents);

    private static long Line(long offset) => (offset + LineBytes - 1) / LineBytes * LineBytes;

    private static long Page(long offset) => (offset + PageBytes - 1) / PageBytes * PageBytes;

    /// <summary>The first bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = HeadBytes)]
    public struct Head
    {
        public ulong Magic;
        public uint Version;
        public uint Content;
        public int Workers;
        public int IsDraining;

        /// <summary>When a session was last given up, in nanoseconds of the monotonic clock; 0 for never.</summary>
        public long GaveUpAt;

        /// <summary>The process that goes on with the sessions; 0 in a standstill, when nobody does. Programs before it was there leave it 0.</summary>
        public int Relaying;
    }

    /// <summary>Begins a half.</summary>
    [StructLayout(LayoutKind.Sequential, Size = HalfHeadBytes)]
    public struct HalfHead
    {
        public ulong Version;
        public uint Length;
        public uint Checksum;
    }

    /// <summary>What an entry of the table says: 0 for an extent that is nobody's.</summary>
    public static uint EntryOf(int worker, int slotClass) => ((uint)worker << 8) | (uint)(slotClass + 1);

    /// <summary>False for an entry that nobody can have written.</summary>
    public static bool TryReadEntry(uint entry, int workers, out int worker, out int slotClass)
    {
        worker = (int)(entry >> 8);
        slotClass = (int)(entry & 0xFF) - 1;
        return worker < workers && (uint)slotClass < (uint)SlotsOfClass.Length;
    }
}
