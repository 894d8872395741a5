using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>One party of a <see cref="RecordingPlan"/> and the files for it.</summary>
/// <param name="Id">The party's mark while they are being opened.</param>
/// <param name="Opening">Files on their way; null when the party will write to a file that is open already.</param>
/// <param name="Shared">That file, which the other party writes to; held open until <see cref="Leave"/>.</param>
internal sealed record PlannedRecording(
    PendingId Id, SessionId Session, Side Party, RecordingMode Mode, RecordingOpening? Opening, IRecordingFile? Shared)
{
    /// <summary>What can be written to; null if nothing could be opened.</summary>
    public OpenFiles? Files => Shared is null ? Opening!.Files : new OpenFiles(Shared, Mode.WithRtcp ? Shared : null);

    /// <summary>The command is back, and the party has begun to write or not.</summary>
    public void Leave(RelayWorker worker)
    {
        PendingWork pending = worker.World.Pending;
        pending.End(Id);
        if (Shared is { } shared)
        {
            pending.Release(shared);
            worker.Recorders.CloseUnlessUsed(shared, worker.Sessions.Find(Session));
        }
        else if (pending.Leave(Opening!, Id) && Opening!.Files is { } files)
        {
            Close(worker, files);
        }
    }

    private void Close(RelayWorker worker, OpenFiles files)
    {
        worker.Recorders.CloseUnlessUsed(files.Rtp, worker.Sessions.Find(Session));
        if (files.Rtcp is { } rtcp && !ReferenceEquals(rtcp, files.Rtp))
        {
            worker.Recorders.CloseUnlessUsed(rtcp, worker.Sessions.Find(Session));
        }
    }
}
