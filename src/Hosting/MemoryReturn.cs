using RtpProxy.Relay;

namespace RtpProxy.Hosting;

/// <summary>
/// Gives memory back to the system after a flood, while the program is quiet: what dead sessions and requests leave is not
/// collected by itself where nothing more is allocated.
/// </summary>
/// <remarks>
/// Asked once a second, on a thread that may block. Collecting stops all threads, the packet workers too, for some
/// milliseconds; so it waits until little media passes, however long that takes, and leaves memory that is not worth it alone.
/// </remarks>
public sealed class MemoryReturn(Func<int> sessions, Func<long> packetsPerSecond, Func<long> heapBytes, Action collect)
{
    /// <summary>Less than this is left to the collector.</summary>
    public const long WorthwhileBytes = 4 * 1024 * 1024;

    /// <summary>Ten calls: what is late then is a handful of packets, by less than a jitter buffer holds.</summary>
    public const long QuietPacketsPerSecond = 1_000;

    /// <summary>Looks in a row that must find the relay quiet and the heap large.</summary>
    public const int QuietLooks = 5;

    private const long SessionBytes = 3_400; // docs/performance.md

    private long _keptBytes = heapBytes();
    private int _mostSessions; // since the last collection, which found them alive
    private int _looks;

    /// <summary>For a relay in a process of its own.</summary>
    public static MemoryReturn Of(IReadOnlyList<RelayWorker> workers) =>
        OfProcess(() => workers.Sum(worker => worker.SessionCount), () => workers.Sum(worker => worker.PacketRate));

    /// <summary>For the heap of this process.</summary>
    /// <param name="sessions">What is alive, and is not any more when it ends, without anything else being allocated.</param>
    /// <param name="packetsPerSecond">How much would be held up by collecting.</param>
    public static MemoryReturn OfProcess(Func<int> sessions, Func<long> packetsPerSecond) => new(
        sessions,
        packetsPerSecond,
        () => GC.GetTotalMemory(forceFullCollection: false),
        () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    /// <summary>A second has passed.</summary>
    public void OnSecond()
    {
        long bytes = heapBytes();
        _keptBytes = Math.Min(_keptBytes, bytes);
        int alive = sessions();
        _mostSessions = Math.Max(_mostSessions, alive);
        long worth = bytes - _keptBytes + ((_mostSessions - alive) * SessionBytes);
        bool isDue = worth >= WorthwhileBytes && packetsPerSecond() <= QuietPacketsPerSecond;
        _looks = isDue ? _looks + 1 : 0;
        if (_looks == QuietLooks)
        {
            _looks = 0;
            collect();
            _keptBytes = heapBytes();
            _mostSessions = alive;
        }
    }
}
