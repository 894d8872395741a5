using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>One party of a <see cref="RecordingPlan"/> and the files for it; the party's mark while they are being opened.</summary>
/// <param name="Opening">Files on their way; null when the party will write to a file that is open already.</param>
/// <param name="Shared">That file, which the other party writes to; held open until <see cref="Leave"/>.</param>
internal sealed record PlannedRecording(
    SessionId Session, Side Party, RecordingMode Mode, RecordingOpening? Opening, OpenRecording? Shared)
{
    /// <summary>What can be written to; null if nothing could be opened.</summary>
    public OpenFiles? Files => Shared is null ? Opening!.Files : new OpenFiles(Shared, Mode.WithRtcp ? Shared : null);

    public void Leave()
    {
        Opening?.Leave();
        Shared?.Leave();
    }
}
