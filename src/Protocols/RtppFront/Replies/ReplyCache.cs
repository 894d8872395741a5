namespace RtpProxy.Protocols.RtppFront.Replies;

/// <summary>
/// Makes repeated datagrams harmless: every reply is kept for 35 to 38 seconds under its cookie, and only the cookie
/// counts, not who sent it, over which socket, or what was asked (control protocol, section 1.7). One cache serves all
/// datagram sockets of a daemon.
/// </summary>
/// <remarks>
/// Thread-safe by one lock, held for a look-up, an insertion or a few removals only: several sockets receive on threads of their own, and
/// workers complete on theirs. Has no clock: <c>nowMilliseconds</c> is any monotonic reading, the same for all callers.
/// Bounded in entries and in bytes; above a bound the oldest entries go first.
/// </remarks>
public sealed partial class ReplyCache
{
    /// <summary>An entry answers at least so long after its reply was stored; a repeat does not extend it.</summary>
    public const int LifetimeMilliseconds = 35_000;

    /// <summary>Expired entries still answer until the next of these rounds.</summary>
    public const int SweepMilliseconds = 3_000;

    public const int DefaultMaxEntries = 131_072;

    public const long DefaultMaxBytes = 32 << 20;

    private const int RemovedInPassing = 4;
    private const int RemovedAtOnce = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], Entry> _entries;
    private readonly Dictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _byCookie;
    private readonly LinkedList<Entry> _oldestFirst = new();
    private readonly int _maxEntries;
    private readonly long _maxBytes;
    private long _bytes;
    private List<Action>? _forgotten;

    /// <param name="maxEntries">Cookies remembered at the same time.</param>
    /// <param name="maxBytes">Bytes of all cookies and replies together.</param>
    public ReplyCache(int maxEntries = DefaultMaxEntries, long maxBytes = DefaultMaxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEntries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, ReplyLimits.MaxLength);
        _maxEntries = maxEntries;
        _maxBytes = maxBytes;
        _entries = new Dictionary<byte[], Entry>(CookieComparer.Instance);
        _byCookie = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Cookies remembered now, expired ones that wait for the sweep included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Bytes of all cookies and replies held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Looks a cookie up before its command is executed, and claims it if it is new.</summary>
    /// <param name="cookie">Borrowed; copied when new.</param>
    /// <param name="reply">The whole stored reply, cookie and LF included; empty unless answered. Never changes.</param>
    public CookieState Begin(ReadOnlySpan<byte> cookie, long nowMilliseconds, out ReadOnlyMemory<byte> reply)
    {
        reply = default;
        List<Action>? forgotten;
        lock (_lock)
        {
            // Whoever expires here is looked at first: the few that are removed in passing may not have come to it yet.
            if (_byCookie.TryGetValue(cookie, out Entry? known) && !IsExpired(known, nowMilliseconds))
            {
                reply = known.Reply;
                return known.IsAnswered ? CookieState.Answered : CookieState.InProgress;
            }

            if (known is not null)
            {
                Remove(known);
            }

            RemoveExpired(nowMilliseconds, RemovedInPassing);
            Add(new Entry(cookie.ToArray(), [], IsAnswered: false, nowMilliseconds));
            forgotten = TakeForgotten();
        }

        forgotten?.ForEach(tell => tell());
        return CookieState.New;
    }

    /// <summary>The reply under a cookie, once the command is executed; one of the two is called, maybe before this returns.</summary>
    /// <param name="answered">Takes the whole reply.</param>
    /// <param name="forgotten">There will be no reply.</param>
    /// <remarks>Called outside the lock, on the thread that completes or forgets the command.</remarks>
    public void WhenAnswered(ReadOnlySpan<byte> cookie, Action<ReadOnlyMemory<byte>> answered, Action forgotten)
    {
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(forgotten);
        byte[]? reply = null;
        lock (_lock)
        {
            if (_byCookie.TryGetValue(cookie, out Entry? entry))
            {
                if (!entry.IsAnswered)
                {
                    (entry.Repeats ??= []).Add((answered, forgotten));
                    return;
                }

                reply = entry.Reply;
            }
        }

        if (reply is null)
        {
            forgotten();
        }
        else
        {
            answered(reply);
        }
    }

    /// <summary>Stores the reply of a command that <see cref="Begin"/> called new; its lifetime starts now.</summary>
    /// <param name="reply">The whole reply, cookie and LF included. Copied.</param>
    public void Complete(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> reply, long nowMilliseconds)
    {
        byte[] stored = reply.ToArray();
        List<(Action<ReadOnlyMemory<byte>> Answered, Action Forgotten)>? repeats = null;
        List<Action>? forgotten;
        lock (_lock)
        {
            // The claim may have been pushed out by newer ones meanwhile.
            byte[] key = cookie.ToArray();
            if (_byCookie.TryGetValue(cookie, out Entry? claim))
            {
                key = claim.Cookie;
                (repeats, claim.Repeats) = (claim.Repeats, null);
                Remove(claim);
            }

            Add(new Entry(key, stored, IsAnswered: true, nowMilliseconds));
            forgotten = TakeForgotten();
        }

        repeats?.ForEach(repeat => repeat.Answered(stored));
        forgotten?.ForEach(tell => tell());
    }

    /// <summary>Forgets a claim whose command was not executed, so that a repeat is executed.</summary>
    public void Abandon(ReadOnlySpan<byte> cookie)
    {
        List<Action>? forgotten;
        lock (_lock)
        {
            if (_byCookie.TryGetValue(cookie, out Entry? entry) && !entry.IsAnswered)
            {
                Remove(entry);
            }

            forgotten = TakeForgotten();
        }

        forgotten?.ForEach(tell => tell());
    }

    /// <summary>
    /// Frees what has expired. <see cref="Begin"/> frees some too; this is for the rest, a little at a time, so that nobody
    /// waits long for the lock.
    /// </summary>
    public void Sweep(long nowMilliseconds)
    {
        bool isDone = false;
        while (!isDone)
        {
            List<Action>? forgotten;
            lock (_lock)
            {
                isDone = RemoveExpired(nowMilliseconds, RemovedAtOnce);
                forgotten = TakeForgotten();
            }

            forgotten?.ForEach(tell => tell());
        }
    }

    // As if a timer had swept at every multiple of the interval, whenever this is really called.
    private static bool IsExpired(Entry entry, long now) =>
        now - (now % SweepMilliseconds) - entry.StoredAt >= LifetimeMilliseconds;

    /// <summary>False if there may be more.</summary>
    private bool RemoveExpired(long now, int atMost)
    {
        for (int i = 0; i < atMost; i++)
        {
            if (_oldestFirst.First is not { } oldest || !IsExpired(oldest.Value, now))
            {
                return true;
            }

            Remove(oldest.Value);
        }

        return false;
    }

    private void Add(Entry entry)
    {
        while (_oldestFirst.First is { } oldest
            && (_entries.Count >= _maxEntries || _bytes + entry.Size > _maxBytes))
        {
            Remove(oldest.Value);
        }

        _entries.Add(entry.Cookie, entry);
        entry.Place = _oldestFirst.AddLast(entry);
        _bytes += entry.Size;
    }

    private void Remove(Entry entry)
    {
        _entries.Remove(entry.Cookie);
        _oldestFirst.Remove(entry.Place!);
        _bytes -= entry.Size;
        if (entry.Repeats is { } repeats)
        {
            (_forgotten ??= []).AddRange(repeats.Select(repeat => repeat.Forgotten));
        }
    }

    /// <summary>Whom to tell, outside the lock, that there will be no reply.</summary>
    private List<Action>? TakeForgotten()
    {
        List<Action>? forgotten = _forgotten;
        _forgotten = null;
        return forgotten;
    }

    private sealed record Entry(byte[] Cookie, byte[] Reply, bool IsAnswered, long StoredAt)
    {
        public int Size => Cookie.Length + Reply.Length;

        public LinkedListNode<Entry>? Place { get; set; }

        /// <summary>What repeats of a command under way wait for.</summary>
        public List<(Action<ReadOnlyMemory<byte>> Answered, Action Forgotten)>? Repeats { get; set; }
    }
}
