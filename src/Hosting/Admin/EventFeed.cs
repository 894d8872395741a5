using System.Collections.Immutable;
using RtpProxy.Relay.Events;

namespace RtpProxy.Hosting.Admin;

/// <summary>Gives events of the core to the clients that want them; while there are none, an event costs a look at that.</summary>
/// <remarks>
/// <see cref="On"/> is called by all workers: it makes a value, puts it into bounded queues, and never waits. The rest is
/// thread-safe too.
/// </remarks>
internal sealed class EventFeed(EventNotices notices) : IEventSink
{
    private ImmutableArray<FeedSubscription> _subscriptions = [];
    private long _lost;

    /// <summary>Events that clients were too slow for.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public void On(RelayEvent told)
    {
        ImmutableArray<FeedSubscription> subscriptions = _subscriptions;
        if (subscriptions.IsEmpty || notices.Of(told) is not { } item)
        {
            return;
        }

        foreach (FeedSubscription subscription in subscriptions)
        {
            subscription.Offer(item);
        }
    }

    /// <param name="kinds">Those wanted; null for all.</param>
    /// <returns>Gets events from now on, until it is disposed.</returns>
    public FeedSubscription Subscribe(IReadOnlyCollection<string>? kinds)
    {
        var subscription = new FeedSubscription(kinds, Forget, () => Interlocked.Increment(ref _lost));
        ImmutableInterlocked.Update(ref _subscriptions, (all, added) => all.Add(added), subscription);
        return subscription;
    }

    private void Forget(FeedSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, (all, gone) => all.Remove(gone), subscription);
}
