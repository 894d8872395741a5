using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Hosting.Keeping;

/// <summary>The slots of a worker as its core knows them.</summary>
/// <inheritdoc cref="WorkerSlots" path="/remarks"/>
internal sealed class SlotsOfWorker(WorkerSlots slots) : ISnapshotSlots
{
    public long UnderWay
    {
        set => slots.UnderWay = value;
    }

    public Span<byte> Begin(int place, long owner, int atLeast) => slots.Begin(place, owner, atLeast);

    public int End(int length) => slots.End(length);

    public void Free(int place) => slots.Free(place);
}
