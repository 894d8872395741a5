using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Snapshots;

/// <summary>
/// Puts down what a worker knows, so that another process can go on with it: every session once a second, spread over it; those
/// that a command has changed before its reply leaves; those of which something was decided with the turn.
/// </summary>
/// <remarks>Owned by one worker.</remarks>
/// <param name="start">The first round begins a second later; commands do not wait for it.</param>
internal sealed class SessionKeeping(RelayWorker worker, ISnapshotSlots slots, Instant start)
{
    private const int SlicesPerRound = 50;
    private const int MaxPerTurn = 32; // of a few microseconds each
    private const int MaxAheadPerTurn = 64;
    private const int MaxRoundsAhead = 5;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slice = Round / SlicesPerRound;

    private readonly SessionSnapshot _session = new();
    private readonly WorkerSnapshot _worker = new();
    private readonly List<Session> _changed = [];
    private Instant _nextRound = start + Round;
    private int _toWrite = -1; // sessions from this place down have not been written in this round
    private int _perSlice;
    private int _ahead; // the place of the next session that is put down ahead
    private int _writtenAhead; // in this round
    private int _writtenBefore; // in the one before
    private int _roundsAhead;
    private int _failed;
    private int _unkept;

    /// <summary>When <see cref="OnDeadline"/> will have something to do.</summary>
    public Instant NextDue { get; private set; } = start + Round;

    /// <summary>Where the worker's own slot is.</summary>
    public int WorkerSlot { get; set; } = ISnapshotSlots.Nowhere;

    /// <summary>Sessions for which there was no room in the last second. May be read by other threads, as a hint.</summary>
    public int Unkept => Volatile.Read(ref _unkept);

    /// <summary>A session is worked on: what has been put down may not be all of it any more.</summary>
    public void OnUnderWay(Session session)
    {
        session.IsKept = false;
        slots.UnderWay = session.Id.Serial;
    }

    /// <summary>A session has been touched in the course of another one's work.</summary>
    public static void OnTouched(Session session) => session.IsKept = false;

    /// <summary>Something about a session was decided that packets do not bring back.</summary>
    public void OnChanged(Session session)
    {
        OnUnderWay(session);
        if (!session.IsToBeKept)
        {
            session.IsToBeKept = true;
            _changed.Add(session);
        }
    }

    public void OnEnded(Session session)
    {
        if (session.Slot != ISnapshotSlots.Nowhere)
        {
            slots.Free(session.Slot);
            session.Slot = ISnapshotSlots.Nowhere;
        }
    }

    /// <summary>A command has done what it does here: what it promises is put down before anybody hears of it.</summary>
    public void OnVisited(Instant now) => WriteChanged(_changed.Count, now);

    public void OnTurnEnded(Instant now)
    {
        if (_changed.Count > 0)
        {
            WriteChanged(MaxPerTurn, now);
        }

        slots.UnderWay = 0;
    }

    public void OnDeadline(Instant now)
    {
        if (now < NextDue)
        {
            return;
        }

        if (_toWrite < 0)
        {
            BeginRound(now);
        }

        _toWrite = Math.Min(_toWrite, worker.AllSessions.Length - 1);
        for (int i = 0; i < _perSlice && _toWrite >= 0; i++, _toWrite--)
        {
            _failed += TryWrite(worker.AllSessions[_toWrite], now) ? 0 : 1;
        }

        NextDue = _toWrite < 0 ? _nextRound : now + Slice;
    }

    /// <summary>
    /// Puts down some of the sessions, in turns between which packets pass, so that <see cref="WriteAll"/>, for which everybody waits,
    /// finds only those that have had packets since.
    /// </summary>
    /// <returns>It is worth while to come back in the next turn.</returns>
    public bool WriteAhead(Instant now)
    {
        int most = _writtenAhead + MaxAheadPerTurn;
        for (; _ahead < worker.AllSessions.Length && _writtenAhead < most; _ahead++)
        {
            Session session = worker.AllSessions[_ahead];
            _writtenAhead += session.IsKept ? 0 : 1;
            TryWrite(session, now);
        }

        slots.UnderWay = 0;
        if (_ahead < worker.AllSessions.Length)
        {
            return true;
        }

        // Each round takes less time than the one before, so fewer have had packets meanwhile; where packets come too fast for that, no more.
        bool isWorthWhile = _writtenAhead > MaxAheadPerTurn
            && _writtenAhead <= (_roundsAhead == 0 ? int.MaxValue : _writtenBefore * 3L / 4)
            && ++_roundsAhead < MaxRoundsAhead;
        _ahead = 0;
        _writtenBefore = _writtenAhead;
        _writtenAhead = 0;
        _roundsAhead = isWorthWhile ? _roundsAhead : 0;
        return isWorthWhile;
    }

    /// <summary>All of it, as it is now.</summary>
    public void WriteAll(Instant now)
    {
        WriteWorker(now);
        foreach (Session session in worker.AllSessions)
        {
            TryWrite(session, now);
        }

        foreach (Session session in _changed)
        {
            session.IsToBeKept = false;
        }

        _changed.Clear();
        slots.UnderWay = 0;
        _toWrite = -1;
        NextDue = _nextRound = now + Round;
    }

    /// <inheritdoc cref="RelayWorker.FindSlotsAgain"/>
    public IReadOnlyList<long> FindAgain(Func<long, int> placeOf)
    {
        var found = new List<long>();
        WorkerSlot = Find(ISnapshotSlots.OfWorker);
        foreach (Session session in worker.AllSessions)
        {
            session.Slot = Find(session.Id.Serial);
            session.IsKept = false;
        }

        return found;

        int Find(long owner)
        {
            int place = placeOf(owner);
            if (place != ISnapshotSlots.Nowhere)
            {
                found.Add(owner);
            }

            return place;
        }
    }

    private void BeginRound(Instant now)
    {
        WriteWorker(now);
        _nextRound += Round;
        _nextRound = _nextRound > now ? _nextRound : now + Round;
        _toWrite = worker.AllSessions.Length - 1;
        _perSlice = (worker.AllSessions.Length / SlicesPerRound) + 1;
        Volatile.Write(ref _unkept, _failed);
        _failed = 0;
    }

    private void WriteChanged(int count, Instant now)
    {
        for (; count > 0 && _changed.Count > 0; count--)
        {
            Session session = _changed[^1];
            _changed.RemoveAt(_changed.Count - 1);
            session.IsToBeKept = false;
            if (!session.IsEnded)
            {
                TryWrite(session, now);
            }
        }
    }

    private bool TryWrite(Session session, Instant now)
    {
        if (session.IsKept)
        {
            return true;
        }

        slots.UnderWay = session.Id.Serial;
        _session.Take(session, now);
        Span<byte> room = slots.Begin(session.Slot, session.Id.Serial, atLeast: 0);
        while (!room.IsEmpty)
        {
            if (_session.TryWrite(room, out int length) == SnapshotFault.None)
            {
                session.Slot = slots.End(length);
                session.IsKept = true;
                return true;
            }

            room = slots.Begin(session.Slot, session.Id.Serial, room.Length + 1);
        }

        return false;
    }

    private void WriteWorker(Instant now)
    {
        _worker.Take(worker, now);
        Span<byte> room = slots.Begin(WorkerSlot, ISnapshotSlots.OfWorker, atLeast: 0);
        while (!room.IsEmpty)
        {
            if (_worker.TryWrite(room, out int length) == SnapshotFault.None)
            {
                WorkerSlot = slots.End(length);
                return;
            }

            room = slots.Begin(WorkerSlot, ISnapshotSlots.OfWorker, room.Length + 1);
        }
    }
}
