using RtpProxy.Media.Recording;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// The files that a command wants media written to, in three steps: on the worker parties are marked, off it files are
/// opened, and on the worker again they are attached to those parties that are still there. Files that come too late are
/// closed.
/// </summary>
/// <remarks>Touched by one thread at a time, like the command it belongs to.</remarks>
internal sealed class RecordingPlan(CommandContext context)
{
    private readonly List<PlannedRecording> _recordings = [];

    /// <summary>Something has to be opened before <see cref="Attach"/>.</summary>
    public bool NeedsFiles => _recordings.Exists(r => !r.JoinsOther);

    /// <summary>
    /// Marks a party. False, with the reason told, when nothing can be recorded. Not to be called for one that is being
    /// recorded.
    /// </summary>
    public bool TryAdd(RelayWorker worker, Leg party, RecordingNames names, RecordingMode mode)
    {
        Session session = party.Session;
        if (!context.Recordings.IsConfigured)
        {
            worker.World.Journal.RecordingFailed(
                session.CallId, "directory for saving local recordings is not configured");
            return false;
        }

        bool joinsOther = mode.IsSingle
            && (RelayWorker.SingleFileOf(session) is not null
                || ReferenceEquals(session.Opposite(party).PendingRecording, this));
        party.PendingRecording = this;
        _recordings.Add(new PlannedRecording(session.Id, session.CallId, party.Side, names, mode, joinsOther));
        return true;
    }

    /// <summary>Opens all files; where one of a pair cannot be had, neither is kept. May block.</summary>
    public void Open()
    {
        Span<byte> pcapHeader = stackalloc byte[PcapRecord.FileHeaderLength];
        PcapRecord.WriteFileHeader(pcapHeader);
        foreach (PlannedRecording recording in _recordings)
        {
            if (!recording.JoinsOther)
            {
                recording.Open(context.Recordings, recording.Mode.IsPcap ? pcapHeader : []);
            }
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
        }

        return started;
    }

    private bool TryAttach(RelayWorker worker, PlannedRecording recording)
    {
        if (worker.Sessions.Find(recording.Session) is not { } session)
        {
            recording.Abandon();
            return false;
        }

        Leg party = session[recording.Party];
        if (!ReferenceEquals(party.PendingRecording, this))
        {
            bool wasOpen = recording.IsOpen;
            recording.Abandon();
            return wasOpen;
        }

        party.PendingRecording = null;
        OpenRecording? rtp = recording.JoinsOther ? RelayWorker.SingleFileOf(session) : recording.Rtp;
        if (rtp is null)
        {
            return false;
        }

        OpenRecording? rtcp = recording.Mode.IsSingle ? rtp : recording.Rtcp;
        worker.StartRecording(party, recording.Mode, rtp, recording.Mode.WithRtcp ? rtcp : null);
        return true;
    }
}
