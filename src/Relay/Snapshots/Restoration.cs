using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Snapshots;

/// <summary>
/// Makes new workers go on where others were, from their snapshots: first the workers, then the sessions of each in the order
/// in which they aged, then <see cref="Complete"/>.
/// <code>
/// foreach session: Foresee(sessionSnapshot)        if there is time before: of what was known a moment ago
/// foreach worker:  Resume(i, workerSnapshot)
/// foreach session: TryResume(sessionSnapshot)      refused: the session is lost, the others are not
/// Complete()                                       what sessions know of each other
/// </code>
/// </summary>
/// <remarks>Before the workers begin; what is of different workers may be done on different threads, but for <see cref="Complete"/>.</remarks>
/// <param name="workers">As many as there were before, new.</param>
public sealed class Restoration(IReadOnlyList<RelayWorker> workers, IInheritance inheritance)
{
    private readonly Dictionary<long, Session>[] _foreseen = [.. workers.Select(_ => new Dictionary<long, Session>())];

    private readonly HashSet<(string Name, byte Type)> _prompts = []; // that have been looked for

    /// <summary>
    /// A session will probably go on, as of this snapshot or of a later one: what takes longest about it is done beforehand. Changes
    /// nothing that anybody sees. Later ones of the same session may follow.
    /// </summary>
    public void Foresee(SessionSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Id.Worker < workers.Count)
        {
            Dictionary<long, Session> foreseen = _foreseen[snapshot.Id.Worker];
            foreseen[snapshot.Id.Serial] = snapshot.ToSession(foreseen.GetValueOrDefault(snapshot.Id.Serial));
            workers[snapshot.Id.Worker].Sessions.Expect(foreseen.Count);
            FindPrompt(snapshot.Caller);
            FindPrompt(snapshot.Callee);
        }
    }

    /// <summary>A worker goes on with what its predecessor knew beside its sessions.</summary>
    /// <param name="slot">Where the snapshot is kept, if it is.</param>
    /// <param name="inOrder">
    /// Its sessions come in the order in which they aged, and as they were at the same time; else each of them is looked at again in
    /// the second that is under way, unless it has been.
    /// </param>
    public void Resume(int worker, WorkerSnapshot snapshot, int slot = ISnapshotSlots.Nowhere, bool inOrder = true)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        snapshot.Fill(workers[worker]);
        if (!inOrder)
        {
            workers[worker].Aging.LookAtAll();
        }

        if (workers[worker].Keeping is { } keeping)
        {
            keeping.WorkerSlot = slot;
        }
    }

    /// <summary>
    /// A session goes on. False, and nothing of it is left, when it cannot: there is no such worker, it goes on already, or its
    /// ports are gone. A recording, a copy, a prompt or a target of notifications that is gone ends without the session.
    /// </summary>
    /// <param name="slot">Where the snapshot is kept, if it is.</param>
    /// <param name="isForeseen">It is the one of which the session was foreseen last.</param>
    /// <param name="isStale">Its relay went on after the snapshot: what it relayed then is known to nobody, and not missing.</param>
    public bool TryResume(
        SessionSnapshot snapshot, int slot = ISnapshotSlots.Nowhere, bool isForeseen = false, bool isStale = false)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        int worker = snapshot.Id.Worker;
        if (worker >= workers.Count)
        {
            return false;
        }

        _foreseen[worker].Remove(snapshot.Id.Serial, out Session? foreseen);
        Session session = isForeseen && foreseen is not null ? foreseen : snapshot.ToSession(foreseen);
        if (!workers[worker].Life.TryResume(session, snapshot, slot, inheritance))
        {
            return false;
        }

        if (isStale)
        {
            session.Caller.EndRun();
            session.Callee.EndRun();
        }

        return true;
    }

    /// <summary>A session of which nothing more is known than that a worker had it has ended.</summary>
    public void Lose(int worker) => workers[worker].Statistics.Count(RelayCounter.SessionsDestroyed);

    /// <summary>
    /// All sessions that go on are there. Forks whose other end is not are ended; where only one end knew of one, because
    /// word of it was on its way, what the session says that carries it holds.
    /// </summary>
    public void Complete()
    {
        foreach (RelayWorker worker in workers)
        {
            foreach (Session target in worker.AllSessions)
            {
                if (target.CarriedFork is { } fork && (Find(fork.Source) is not { } source || !TryCarry(source, target, fork)))
                {
                    target.CarriedFork = null;
                }
            }
        }

        foreach (RelayWorker worker in workers)
        {
            worker.Destinations.Refresh(); // the sockets that take commands were opened after the workers were made
            foreach (Session source in worker.AllSessions)
            {
                source.SetForks(Array.FindAll(source.Forks.ToArray(), f => f.Carrier is not null));
            }

            foreach (Call call in worker.Calls.All)
            {
                Listening.Connect(worker.Calls, call);
            }
        }
    }

    /// <summary>What is played to a party is at hand when it goes on: to read it, or to make it of a file, takes longer than anything else.</summary>
    private void FindPrompt(LegSnapshot leg)
    {
        if (leg.Player is var (name, type, _) && _prompts.Add((name, type.Value)))
        {
            _ = inheritance.FindPrompt(name, type.Value);
        }
    }

    /// <summary>The fork gets its carrier, in the place that it had.</summary>
    private static bool TryCarry(Session source, Session target, in Fork fork)
    {
        Fork[] forks = source.Forks.ToArray();
        SessionId id = target.Id;
        int place = Array.FindIndex(forks, f => f.Target == id);
        if (fork.Target != id || ReferenceEquals(source, target) || (place < 0 && forks.Length == Session.MaxForks))
        {
            return false;
        }

        Fork carried = fork with { Carrier = target };
        if (place >= 0)
        {
            forks[place] = carried;
        }
        else
        {
            forks = [.. forks, carried];
        }

        target.CarriedFork = carried;
        source.SetForks(forks);
        return true;
    }

    private Session? Find(SessionId id) =>
        (uint)id.Worker < (uint)workers.Count ? workers[id.Worker].Sessions.Find(id) : null;
}
