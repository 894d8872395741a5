using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <content>The workers end, and others go on where they were.</content>
public sealed partial class VirtualRelay : IInheritance
{
    private readonly WorkerSnapshot _workerSnapshot = new();
    private readonly SessionSnapshot _sessionSnapshot = new();
    private byte[] _bytes = new byte[1 << 14];
    private int _sessionsToRestore;
    private byte[][] _sessionsBefore = [];
    private int _restarts;

    /// <summary>Snapshots as bytes, in the order in which they are read: those of the workers, then those of their sessions.</summary>
    public (byte[][] Workers, byte[][] Sessions) TakeSnapshots()
    {
        byte[][] workers = new byte[_workers.Length][];
        var sessions = new List<byte[]>();
        foreach (RelayWorker worker in _workers)
        {
            _workerSnapshot.Take(worker, Now);
            workers[worker.Index] = ToBytes(_workerSnapshot.TryWrite);
            foreach (Session session in worker.AllSessions)
            {
                _sessionSnapshot.Take(session, Now);
                sessions.Add(ToBytes(_sessionSnapshot.TryWrite));
            }
        }

        return (workers, [.. sessions]);
    }

    /// <summary>
    /// Restarts, if the relay is one that does so after every step. A crowd of sessions does so after some steps only, or each
    /// step would take milliseconds.
    /// </summary>
    private void RestartAfterStep()
    {
        const int SessionsPerStep = 64;
        _sessionsToRestore += SessionsPerStep;
        if (_options.RestartsAfterEveryStep && _sessionsToRestore >= SessionCount)
        {
            _sessionsToRestore = 0;
            Restart();
        }
    }

    /// <summary>
    /// Throws the workers away and makes new ones from their snapshots, built beforehand from those of the last time; every other time
    /// from those of today as well, with which they then go on as they are.
    /// </summary>
    public void Restart()
    {
        (byte[][] workers, byte[][] sessions) = TakeSnapshots();
        Restart(workers, sessions).ShouldBe(0, "sessions that do not go on");
        Ports.Untaken.ShouldBeEmpty("ports that no session goes on with");
    }

    /// <summary>Throws the workers away and makes new ones from these snapshots; how many sessions do not go on.</summary>
    /// <param name="at">When they were taken, if that was on another clock.</param>
    /// <param name="isStale">The workers went on after that.</param>
    public int Restart(byte[][] workers, byte[][] sessions, Instant? at = null, bool isStale = false)
    {
        Ports.LetGo();
        var directory = new PortDirectory(_worlds[0].Directory.Own);
        for (int i = 0; i < _worlds.Length; i++)
        {
            _worlds[i] = _worlds[i] with { Directory = directory };
        }

        _workers = [.. _worlds.Select((world, i) => new RelayWorker(i, _options.Relay, world, Now))];
        var restoration = new Restoration(_workers, this);
        foreach (byte[] older in _sessionsBefore)
        {
            if (_sessionSnapshot.TryRead(older, at) == SnapshotFault.None)
            {
                restoration.Foresee(_sessionSnapshot);
            }
        }

        for (int i = 0; i < workers.Length; i++)
        {
            _workerSnapshot.TryRead(workers[i], at).ShouldBe(SnapshotFault.None);
            restoration.Resume(i, _workerSnapshot);
        }

        bool isForeseen = _restarts++ % 2 == 1;
        int lost = isForeseen
            ? ResumeForeseen(restoration, sessions, at, isStale)
            : sessions.Count(session => !(_sessionSnapshot.TryRead(session, at) == SnapshotFault.None
                && restoration.TryResume(_sessionSnapshot, isStale: isStale)));
        restoration.Complete();
        _sessionsBefore = sessions;
        return lost;
    }

    /// <summary>The sessions are read and built as they are before any of them goes on.</summary>
    /// <returns>How many do not go on.</returns>
    private static int ResumeForeseen(Restoration restoration, byte[][] sessions, Instant? at, bool isStale)
    {
        var read = new List<SessionSnapshot>();
        foreach (byte[] session in sessions)
        {
            var snapshot = new SessionSnapshot();
            if (snapshot.TryRead(session, at) == SnapshotFault.None)
            {
                restoration.Foresee(snapshot);
                read.Add(snapshot);
            }
        }

        return sessions.Length - read.Count(snapshot => restoration.TryResume(snapshot, isForeseen: true, isStale: isStale));
    }

    bool IInheritance.TryTakePorts(int worker, in Endpoint host, ushort number, bool isHeard, out PortPair ports) =>
        Ports.TryTake(worker, host, number, out ports);

    IRecordingFile? IInheritance.FindRecording(string callId, string name, long wholeBytes) =>
        Recordings.Files.TryGetValue(name, out VirtualRecording? file) && !file.IsClosed ? file : null;

    Prompt? IInheritance.FindPrompt(string name, byte payloadType) =>
        Prompts.TryOpen(name, payloadType) ?? Prompts.TryConvert(name, payloadType);

    NoticeTarget? IInheritance.FindNoticeTarget(string name) => Notices.Permit(name, default);

    private byte[] ToBytes(Writer write)
    {
        int length;
        while (write(_bytes, out length) == SnapshotFault.NoRoom)
        {
            _bytes = new byte[_bytes.Length * 2];
        }

        return _bytes[..length];
    }

    private delegate SnapshotFault Writer(Span<byte> destination, out int length);
}
