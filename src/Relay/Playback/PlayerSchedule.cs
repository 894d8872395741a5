namespace RtpProxy.Relay.Playback;

/// <summary>
/// The players of one worker in the order in which they are due. All deadlines lie on one grid of a millisecond, so that
/// any number of players wakes the worker at most a thousand times a second.
/// </summary>
/// <remarks>
/// Owned by one worker. A stopped player is left where it is and skipped when its turn comes, which is within a second;
/// nothing is allocated once the queue has grown.
/// </remarks>
internal sealed class PlayerSchedule
{
    private const long GridNanoseconds = 1_000_000;

    /// <summary>A player later than this goes on from now: what would have been heard so long ago is not sent in a burst.</summary>
    private static readonly TimeSpan MaxLateness = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<Player, long> _queue = new();

    /// <summary>When <see cref="TryTakeDue"/> will have something; null when nothing plays.</summary>
    public Instant? NextDue => _queue.TryPeek(out _, out long due) ? new Instant(due) : null;

    /// <summary>The first packet leaves at once.</summary>
    public void Start(Player player, Instant now)
    {
        player.Begin(OnGrid(now));
        if (!player.IsSilent)
        {
            _queue.Enqueue(player, player.Due.Nanoseconds);
        }
    }

    /// <summary>A player that had started goes on.</summary>
    public void Resume(Player player)
    {
        if (!player.IsSilent)
        {
            _queue.Enqueue(player, player.Due.Nanoseconds);
        }
    }

    /// <summary>Takes out a player that has a packet to send by now.</summary>
    public bool TryTakeDue(Instant now, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Player? player)
    {
        while (_queue.TryPeek(out player, out long due) && due <= now.Nanoseconds)
        {
            _queue.Dequeue();
            if (!player.IsStopped)
            {
                return true;
            }
        }

        player = null;
        return false;
    }

    /// <summary>
    /// Puts a player back for its next packet: on an absolute schedule, so that a late packet delays no other and hours
    /// bring no drift.
    /// </summary>
    public void Continue(Player player, Instant now)
    {
        Instant anchor = now - player.Due > MaxLateness ? OnGrid(now) : player.Due;
        player.Due = anchor + player.Interval;
        _queue.Enqueue(player, player.Due.Nanoseconds);
    }

    private static Instant OnGrid(Instant now) =>
        new((now.Nanoseconds + GridNanoseconds - 1) / GridNanoseconds * GridNanoseconds);
}
