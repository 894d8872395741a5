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

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slice = Round / SlicesPerRound;

    private readonly SessionSnapshot _session = new();
    private readonly WorkerSnapshot _worker = new();
    private readonly List<Session> _changed = [];
    private Instant _nextRound = start + Round;
    private int _toWrite = -1; // sessions from this place down have not been written in this round
    private int _perSlice;
    private int _failed;
    private int _unkept;

    /// <summary>When <see cref="OnDeadline"/> will have something to do.</summary>
    public Instant NextDue { get; private set; } = start + Round;

    /// <summary>Where the worker's own slot is.</summary>
    public int WorkerSlot { get; set; } = ISnapshotSlots.Nowhere;

    /// <summary>Sessions for which there was no room in the last second. May be read by other threads, as a hint.</summary>
    public int Unkept => Volatile.Read(ref _unkept);

    /// <summary>A session is worked on.</summary>
    public void OnUnderWay(Session session) => slots.UnderWay = session.Id.Serial;

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
        OnUnderWay(session);
        _session.Take(session, now);
        Span<byte> room = slots.Begin(session.Slot, session.Id.Serial, atLeast: 0);
        while (!room.IsEmpty)
        {
            if (_session.TryWrite(room, out int length) == SnapshotFault.None)
            {
                session.Slot = slots.End(length);
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
