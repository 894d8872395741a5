using RtpProxy.Media.Recording;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// The files that a command wants media written to, in three steps: on the worker parties are marked, off it files are
/// opened, and on the worker again they are attached to those parties that are still there and still marked. Files that
/// another command is opening already are shared with it; files that come too late are closed.
/// </summary>
/// <remarks>Touched by one thread at a time, like the operation it belongs to.</remarks>
internal sealed class RecordingPlan(OperationContext context)
{
    private readonly List<PlannedRecording> _recordings = [];

    /// <summary>Something has to be opened before <see cref="Attach"/>.</summary>
    public bool NeedsFiles => _recordings.Exists(r => r.Opening is not null);

    /// <summary>
    /// Marks a party. False, with the reason told, when nothing can be recorded. Not to be called for one that is being
    /// recorded.
    /// </summary>
    public bool TryAdd(RelayWorker worker, Leg party, RecordingNames names, RecordingMode mode)
    {
        Session session = party.Session;
        if (!context.Recordings.IsConfigured)
        {
            worker.World.Events.On(new RelayEvent.RecordingFailed(
                session.CallId, "directory for saving local recordings is not configured"));
            return false;
        }

        PendingWork pending = worker.World.Pending;
        PendingId id = pending.Begin();
        IRecordingFile? shared = mode.IsSingle ? Recorders.SingleFileOf(session) : null;
        RecordingOpening? opening = null;
        if (shared is not null)
        {
            pending.KeepOpen(shared);
        }
        else
        {
            opening = Find(pending, party, names, mode) ?? New(party, names, mode);
            pending.Join(opening, id);
        }

        party.PendingRecording = id;
        _recordings.Add(new PlannedRecording(id, session.Id, party.Side, mode, opening, shared));
        return true;
    }

    /// <summary>A <c>C</c> for a party that is recorded or copied already is good, and changes nothing.</summary>
    public static void TellRecordedAlready(RelayWorker worker, Session session, string target) => worker.World.Events.On(new RelayEvent.LeftOut(
        session.CallId, $"the party is recorded or copied already: nothing goes to '{target}'", IsUsual: true));

    /// <summary>Opens all files; where one of a pair cannot be had, neither is kept. May block.</summary>
    public void Open()
    {
        foreach (PlannedRecording recording in _recordings)
        {
            recording.Opening?.Open();
        }
    }

    /// <summary>
    /// Starts what can be started, and returns how many parties that are. One whose recording was stopped while its file was
    /// being opened counts: it was recorded, for no time.
    /// </summary>
    public int Attach(RelayWorker worker)
    {
        int started = 0;
        foreach (PlannedRecording recording in _recordings)
        {
            if (TryAttach(worker, recording))
            {
                started++;
            }

            recording.Leave(worker);
        }

        return started;
    }

    /// <summary>Files on their way that this party would write to: a single one of the other party, or those of the same names.</summary>
    private static RecordingOpening? Find(PendingWork pending, Leg party, RecordingNames names, RecordingMode mode)
    {
        if (mode.IsSingle
            && party.Session.Opposite(party).PendingRecording is { } other
            && pending.FindOpening(other) is { IsSingle: true } opening)
        {
            return opening;
        }

        return pending.FindOpening(party, names, mode);
    }

    private RecordingOpening New(Leg party, RecordingNames names, RecordingMode mode)
    {
        IRecordingStore store = context.Recordings;
        string callId = party.Session.CallId;
        return new RecordingOpening(party.Session.Id, party.Side, names, mode, () =>
        {
            Span<byte> header = stackalloc byte[PcapRecord.FileHeaderLength];
            PcapRecord.WriteFileHeader(header);
            return OpenFiles.TryOpen(store, callId, names, mode, mode.IsPcap ? header : []);
        });
    }

    private static bool TryAttach(RelayWorker worker, PlannedRecording recording)
    {
        if (worker.Sessions.FindAgain(recording.Session) is not { } session)
        {
            return false;
        }

        OpenFiles? files = recording.Files;
        Leg party = session[recording.Party];
        if (party.PendingRecording != recording.Id)
        {
            return files is not null;
        }

        party.PendingRecording = null;
        if (files is null)
        {
            return false;
        }

        worker.Recorders.Start(party, recording.Mode, files.Rtp, files.Rtcp);
        return true;
    }
}
