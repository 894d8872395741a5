using System.Collections.Frozen;
using System.Threading.Channels;

namespace RtpProxy.Hosting.Admin;

/// <summary>The events that wait for one client: so many, then the oldest is dropped and counted.</summary>
/// <remarks>Offering is thread-safe and never waits; one task takes.</remarks>
internal sealed class FeedSubscription : IDisposable
{
    /// <summary>Some seconds of a busy relay; the lines of the longest events together are some megabytes.</summary>
    public const int Capacity = 1024;

    private readonly FrozenSet<string>? _kinds;
    private readonly Action<FeedSubscription> _forget;
    private readonly Channel<FeedItem> _queue;
    private long _lost;

    public FeedSubscription(IReadOnlyCollection<string>? kinds, Action<FeedSubscription> forget, Action countLost)
    {
        _kinds = kinds?.ToFrozenSet(StringComparer.Ordinal);
        _forget = forget;
        _queue = Channel.CreateBounded<FeedItem>(
            new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ =>
            {
                Interlocked.Increment(ref _lost);
                countLost();
            });
    }

    /// <summary>It was disposed: nothing more comes.</summary>
    public bool IsEnded { get; private set; }

    public void Offer(FeedItem item)
    {
        if (_kinds is null || _kinds.Contains(item.Notice.Kind))
        {
            _queue.Writer.TryWrite(item);
        }
    }

    /// <summary>All events as they come, oldest first; ends when this is disposed.</summary>
    public IAsyncEnumerable<FeedItem> TakeAllAsync(CancellationToken stop) => _queue.Reader.ReadAllAsync(stop);

    /// <summary>How many were dropped since this was asked last.</summary>
    public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

    public void Dispose()
    {
        IsEnded = true;
        _forget(this);
        _queue.Writer.TryComplete();
    }
}
