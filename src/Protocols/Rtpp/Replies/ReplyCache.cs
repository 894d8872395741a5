namespace RtpProxy.Protocols.Rtpp.Replies;

/// <summary>
/// Makes repeated datagrams harmless: every reply is kept for 35 to 38 seconds under its cookie, and only the cookie
/// counts, not who sent it, over which socket, or what was asked (control protocol, section 1.7). One cache serves all
/// datagram sockets of a daemon.
/// </summary>
/// <remarks>
/// Thread-safe by one lock, held for a look-up or an insertion only: several sockets receive on threads of their own, and
/// workers complete on theirs. Has no clock: <c>nowMilliseconds</c> is any monotonic reading, the same for all callers.
/// Bounded in entries and in bytes; above a bound the oldest entries go first.
/// </remarks>
public sealed class ReplyCache
{
    /// <summary>An entry answers at least so long after its reply was stored; a repeat does not extend it.</summary>
    public const int LifetimeMilliseconds = 35_000;

    /// <summary>Expired entries still answer until the next of these rounds.</summary>
    public const int SweepMilliseconds = 3_000;

    public const int DefaultMaxEntries = 131_072;

    public const long DefaultMaxBytes = 32 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], Entry> _entries;
    private readonly Dictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _byCookie;
    private readonly LinkedList<Entry> _oldestFirst = new();
    private readonly int _maxEntries;
    private readonly long _maxBytes;
    private long _bytes;

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
        lock (_lock)
        {
            RemoveExpired(nowMilliseconds);
            if (_byCookie.TryGetValue(cookie, out Entry? known))
            {
                reply = known.Reply;
                return known.IsAnswered ? CookieState.Answered : CookieState.InProgress;
            }

            Add(new Entry(cookie.ToArray(), [], IsAnswered: false, nowMilliseconds));
            reply = default;
            return CookieState.New;
        }
    }

    /// <summary>The reply under a cookie, once the command is executed.</summary>
    /// <returns>A task that is cancelled when there will be no reply.</returns>
    public Task<ReadOnlyMemory<byte>> WhenAnsweredAsync(ReadOnlySpan<byte> cookie)
    {
        lock (_lock)
        {
            if (!_byCookie.TryGetValue(cookie, out Entry? entry))
            {
                return Task.FromCanceled<ReadOnlyMemory<byte>>(new CancellationToken(canceled: true));
            }

            return entry.IsAnswered ? Task.FromResult<ReadOnlyMemory<byte>>(entry.Reply) : entry.Repeats.Task;
        }
    }

    /// <summary>Stores the reply of a command that <see cref="Begin"/> called new; its lifetime starts now.</summary>
    /// <param name="reply">The whole reply, cookie and LF included. Copied.</param>
    public void Complete(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> reply, long nowMilliseconds)
    {
        lock (_lock)
        {
            // The claim may have been pushed out by newer ones meanwhile.
            byte[] stored = reply.ToArray();
            byte[] key = _byCookie.TryGetValue(cookie, out Entry? claim) ? claim.Cookie : cookie.ToArray();
            if (claim is not null)
            {
                claim.AnswerRepeats(stored);
                Remove(claim);
            }

            Add(new Entry(key, stored, IsAnswered: true, nowMilliseconds));
        }
    }

    /// <summary>Forgets a claim whose command was not executed, so that a repeat is executed.</summary>
    public void Abandon(ReadOnlySpan<byte> cookie)
    {
        lock (_lock)
        {
            if (_byCookie.TryGetValue(cookie, out Entry? entry) && !entry.IsAnswered)
            {
                Remove(entry);
            }
        }
    }

    /// <summary>Frees what has expired. <see cref="Begin"/> does it too; this is for the quiet times.</summary>
    public void Sweep(long nowMilliseconds)
    {
        lock (_lock)
        {
            RemoveExpired(nowMilliseconds);
        }
    }

    private void RemoveExpired(long now)
    {
        // As if a timer had swept at every multiple of the interval, whenever this is really called.
        long lastRound = now - (now % SweepMilliseconds);
        while (_oldestFirst.First is { } oldest && lastRound - oldest.Value.StoredAt >= LifetimeMilliseconds)
        {
            Remove(oldest.Value);
        }
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
        entry.ForgetRepeats();
    }

    private sealed record Entry(byte[] Cookie, byte[] Reply, bool IsAnswered, long StoredAt)
    {
        private TaskCompletionSource<ReadOnlyMemory<byte>>? _repeats;

        public int Size => Cookie.Length + Reply.Length;

        /// <summary>What repeats of a command under way wait for; made when the first one comes.</summary>
        public TaskCompletionSource<ReadOnlyMemory<byte>> Repeats =>
            _repeats ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Entry>? Place { get; set; }

        public void AnswerRepeats(byte[] reply) => _repeats?.TrySetResult(reply);

        /// <summary>They get no reply, unless they have it already.</summary>
        public void ForgetRepeats() => _repeats?.TrySetCanceled();
    }
}
