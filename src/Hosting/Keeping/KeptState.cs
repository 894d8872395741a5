using System.ComponentModel;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Relay;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Hosting.Keeping;

/// <summary>What a relay keeps for the process after it, and has of the one before it.</summary>
/// <remarks>Used by the thread that starts the host, but for what says otherwise.</remarks>
internal sealed class KeptState : IDisposable
{
    private static readonly uint Content = ((uint)SessionSnapshot.Versions.Newest << 8) | WorkerSnapshot.Versions.Newest;
    private static readonly TimeSpan KeeperPatience = TimeSpan.FromSeconds(1);

    private readonly Continuity _continuity;
    private readonly ILogger _logger;
    private readonly SlotMemory? _memory;
    private readonly bool _isNew;
    private readonly string _fault = "";
    private Restoration? _restoration;
    private Foresight[] _foresight = [];

    /// <param name="workers">How many there are to be, unless what has been kept says otherwise: sessions stay with theirs.</param>
    public KeptState(Continuity continuity, int workers, ILogger logger)
    {
        _continuity = continuity;
        _logger = logger;
        if (continuity.Start != RelayStart.First)
        {
            _memory = SlotMemory.TryOpen(continuity.Legacies, WhyUnreadable, out _fault);
        }

        if (_memory is null && continuity.Start == RelayStart.AfterDeath)
        {
            Log.NothingKept(logger, _fault);
        }

        if (_memory is null && continuity.Start != RelayStart.Upgrade)
        {
            _isNew = true;
            _memory = TryCreate(workers, out _fault);
        }

        Workers = _memory?.Workers ?? workers;
    }

    public int Workers { get; }

    /// <summary>No session is made any more, in this process and in those after it.</summary>
    public bool IsDraining
    {
        get => _memory is { IsDraining: true };
        set => _memory?.IsDraining = value;
    }

    /// <summary>This process goes on with the sessions, unless another one does (<see cref="SlotMemory.TryClaim"/>).</summary>
    public bool TryClaim() => _memory?.TryClaim() != false;

    /// <summary>This process stands still: another one may go on.</summary>
    public void LetGo() => _memory?.Relaying = 0;

    /// <summary>This process goes on, and no other one does.</summary>
    public void Claim() => _memory?.Relaying = Environment.ProcessId;

    /// <summary>The process before this one has left sessions.</summary>
    private bool IsInherited => _memory is not null && !_isNew;

    public ISnapshotSlots? SlotsOf(int worker) => _memory is null ? null : new SlotsOfWorker(_memory[worker]);

    /// <summary>Does what can be done while the process before this one may still write.</summary>
    /// <param name="workers">New ones.</param>
    /// <returns>Why this process cannot go on; null if it can.</returns>
    public string? Prepare(IReadOnlyList<RelayWorker> workers, IInheritance inheritance)
    {
        if (_memory is null)
        {
            return _fault;
        }

        if (_isNew)
        {
            return SpinWait.SpinUntil(() => _memory.TryKeep(_continuity.Keeper), KeeperPatience) ? null : "the keeper takes nothing";
        }

        _restoration = new Restoration(workers, inheritance);

        // After a death everybody waits for what is read in earnest.
        if (_continuity.Start == RelayStart.Upgrade)
        {
            _foresight = [.. Enumerable.Range(0, Workers).Select(worker => new Foresight(worker, _memory[worker], _restoration))];
            _ = LookAhead();
        }

        return null;
    }

    /// <summary>Reads what the process before this one has written since the last time. Between <see cref="Prepare"/> and the restoring.</summary>
    /// <returns>There was something.</returns>
    public bool LookAhead()
    {
        bool isNew = false;
        foreach (Foresight foresight in _foresight)
        {
            isNew |= foresight.Look();
        }

        return isNew;
    }

    /// <summary>Lets the new workers go on where those before them were. Nobody else writes any more.</summary>
    public void Restore(IReadOnlyList<RelayWorker> workers)
    {
        Claim();
        if (!IsInherited)
        {
            return;
        }

        Instant begun = MonotonicClock.Now;
        Suspicion suspicion = _continuity.Start == RelayStart.AfterDeath ? JudgeDeath(begun) : default;
        if (workers.Count == 1)
        {
            Restore(0, _restoration!, suspicion); // threads of a pool would have to be made first
        }
        else
        {
            Parallel.For(0, workers.Count, worker => Restore(worker, _restoration!, suspicion));
        }

        _restoration!.Complete();
        _restoration = null;
        _foresight = [];
        _memory!.Content = Content; // from here on this process writes to it
        Log.GoesOn(_logger, workers.Sum(worker => worker.SessionCount), (MonotonicClock.Now - begun).TotalMilliseconds);
    }

    /// <summary>Another process may have written to the memory, and goes no further: a worker goes on with its own. On its thread.</summary>
    public void TakeBack(RelayWorker worker)
    {
        if (_memory is null)
        {
            return;
        }

        _memory.Content = Content;
        WorkerSlots slots = _memory[worker.Index];
        var own = new Dictionary<long, FoundSlot>();
        foreach (FoundSlot found in slots.Find(out _))
        {
            own[found.Owner] = found;
        }

        slots.Adopt([.. worker.FindSlotsAgain(owner => own.TryGetValue(owner, out FoundSlot found) ? found.Place : ISnapshotSlots.Nowhere)
            .Select(owner => own[owner])]);
        worker.KeepAll(MonotonicClock.Now);
    }

    public void Dispose() => _memory?.Dispose();

    /// <summary>What was written by an older program is read, what a newer one wrote is not.</summary>
    private static string WhyUnreadable(uint content)
    {
        (byte session, byte worker) = ((byte)(content >> 8), (byte)content);
        return SessionSnapshot.Versions.Has(session) && WorkerSnapshot.Versions.Has(worker) && content <= ushort.MaxValue
            ? ""
            : $"sessions have been kept as of version {session}.{worker}, and only {Words(SessionSnapshot.Versions)} and {Words(WorkerSnapshot.Versions)} can be read";
    }

    private static string Words(SnapshotVersions versions) =>
        versions.Oldest == versions.Newest ? $"{versions.Newest}" : $"{versions.Oldest} to {versions.Newest}";

    private static SlotMemory? TryCreate(int workers, out string fault)
    {
        try
        {
            fault = "";
            return SlotMemory.Create(workers, Content);
        }
        catch (Win32Exception refused)
        {
            fault = $"there is no memory to keep sessions in: {refused.Message}";
            return null;
        }
    }

    private Suspicion JudgeDeath(Instant now)
    {
        long[] underWay = [.. Enumerable.Range(0, Workers).Select(worker => _memory![worker].UnderWay)];
        var death = new DeathNote(now.Nanoseconds, underWay);
        Suspicion suspicion = DeathJudge.Judge(_memory!.Deaths, death, out DeathNotes next);
        _memory.Deaths = next;
        if (suspicion.All)
        {
            Log.AllGivenUp(_logger, DeathJudge.TooMany);
        }

        return suspicion;
    }

    private void Restore(int worker, Restoration restoration, Suspicion suspicion)
    {
        WorkerSlots slots = _memory![worker];
        var snapshot = new SessionSnapshot();
        var goOn = new List<FoundSlot>();
        IReadOnlyList<FoundSlot> found = slots.Find(out int damaged);
        foreach (FoundSlot slot in found.OrderBy(slot => slot.Owner)) // the worker first, then sessions by age
        {
            slots.UnderWay = Math.Max(slot.Owner, 0);
            bool goesOn = slot.Owner == ISnapshotSlots.OfWorker
                ? TryRestoreWorker(worker, slots, slot, restoration)
                : TryRestore(new SessionId(worker, slot.Owner), slot, slots, snapshot, restoration, suspicion);
            if (goesOn)
            {
                goOn.Add(slot);
            }
        }

        slots.UnderWay = 0;
        slots.Adopt(goOn);
        if (damaged > 0)
        {
            Log.SlotsDamaged(_logger, worker, damaged);
        }
    }

    private static bool TryRestoreWorker(int worker, WorkerSlots slots, in FoundSlot slot, Restoration restoration)
    {
        var snapshot = new WorkerSnapshot();
        bool isRead = snapshot.TryRead(slots.Read(slot)) == SnapshotFault.None;
        if (isRead)
        {
            restoration.Resume(worker, snapshot, slot.Place, inOrder: false);
        }

        return isRead;
    }

    private bool TryRestore(
        SessionId id, in FoundSlot slot, WorkerSlots slots, SessionSnapshot unread, Restoration restoration, Suspicion suspicion)
    {
        SessionSnapshot? seen = _foresight.Length > 0 ? _foresight[id.Worker].Find(slot) : null;
        SessionSnapshot snapshot = seen ?? unread;
        SnapshotFault fault = seen is null ? snapshot.TryRead(slots.Read(slot)) : SnapshotFault.None;
        if (fault != SnapshotFault.None || snapshot.Id != id)
        {
            Log.SessionUnreadable(_logger, id.Worker, id.Serial, fault);
        }
        else if (suspicion.IsOf(id))
        {
            Log.SessionGivenUp(_logger, snapshot.CallId, DeathJudge.TooMany);
        }
        else if (restoration.TryResume(
            snapshot, slot.Place, isForeseen: seen is not null, isStale: _continuity.Start == RelayStart.AfterDeath))
        {
            return true;
        }
        else
        {
            Log.SessionNotGoneOnWith(_logger, snapshot.CallId);
        }

        restoration.Lose(id.Worker);
        return false;
    }
}
