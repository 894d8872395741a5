using RtpProxy.Relay;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.TestKit.Virtual;

/// <content>What commands promise is put down for another process before anybody hears of it.</content>
public sealed partial class VirtualRelay
{
    private const int CrowdOfSessions = 64; // more would take milliseconds for each command

    /// <summary>What a worker has put down; null unless the options want it.</summary>
    public VirtualSlots? SlotsOf(int worker) => (VirtualSlots?)_worlds[worker].Slots;

    /// <summary>A command visits a worker; whatever it changes there is held in a slot afterwards, as it is then.</summary>
    private void Visit(IErrand run)
    {
        RelayWorker worker = _workers[run.Worker];
        if (SlotsOf(worker.Index) is not { } slots || worker.SessionCount > CrowdOfSessions)
        {
            run.RunOnWorker(worker, Now);
            return;
        }

        Dictionary<long, byte[]> before = SnapshotsOf(worker);
        run.RunOnWorker(worker, Now);
        foreach ((long session, byte[] now) in SnapshotsOf(worker))
        {
            if (!before.TryGetValue(session, out byte[]? was) || !was.AsSpan().SequenceEqual(now))
            {
                slots.Find(session).ShouldBe(now, "a session that was changed and would be lost as it is");
            }
        }

        slots.Owners.ShouldBeSubsetOf(worker.AllSessions.ToArray().Select(session => session.Id.Serial));
    }

    private Dictionary<long, byte[]> SnapshotsOf(RelayWorker worker)
    {
        var snapshots = new Dictionary<long, byte[]>();
        foreach (Session session in worker.AllSessions)
        {
            _sessionSnapshot.Take(session, Now);
            snapshots.Add(session.Id.Serial, ToBytes(_sessionSnapshot.TryWrite));
        }

        return snapshots;
    }
}
