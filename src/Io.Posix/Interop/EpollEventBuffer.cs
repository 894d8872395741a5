using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>
/// An array of <c>struct epoll_event</c> outside the garbage collector's reach. On x86-64 the kernel packs the structure
/// (<c>__attribute__((packed))</c>: 12 bytes, data at 4); everywhere else it is aligned (16 bytes, data at 8).
/// </summary>
/// <remarks>Owned by one thread.</remarks>
internal sealed unsafe class EpollEventBuffer : IDisposable
{
    /// <summary>Bytes from one event to the next.</summary>
    public static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static readonly int DataOffset = Stride - sizeof(ulong);

    private byte* _events;

    public EpollEventBuffer(int capacity)
    {
        Capacity = capacity;
        _events = (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)Stride);
    }

    public int Capacity { get; }

    public byte* Start => _events;

    /// <summary>The number given to <see cref="EpollSet.Add"/> of the event at <paramref name="index"/> of the last wait.</summary>
    public int TagAt(int index) => (int)Unsafe.ReadUnaligned<ulong>(_events + (index * Stride) + DataOffset);

    /// <summary>The event says that something is in the descriptor's error queue.</summary>
    public bool HasErrorAt(int index) => (Unsafe.ReadUnaligned<uint>(_events + (index * Stride)) & LibC.EPOLLERR) != 0;

    /// <summary>Writes one event, to be handed to <c>epoll_ctl</c>; <paramref name="event"/> has at least 16 bytes.</summary>
    public static void Write(byte* @event, uint events, ulong data)
    {
        Unsafe.WriteUnaligned(@event, events);
        Unsafe.WriteUnaligned(@event + DataOffset, data);
    }

    public void Dispose()
    {
        NativeMemory.Free(_events);
        _events = null;
    }
}
