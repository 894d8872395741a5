using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Queues;

/// <summary>A counter with a cache line of its own, so that readers and writers of a queue do not slow each other down.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedCounter
{
    [FieldOffset(64)]
    public long Value;
}
