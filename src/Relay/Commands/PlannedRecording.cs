using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>One party of a <see cref="RecordingPlan"/> and the files being opened for it.</summary>
/// <param name="JoinsOther">It will write to the single file of the other party and needs none.</param>
internal sealed record PlannedRecording(
    SessionId Session, string CallId, Side Party, RecordingNames Names, RecordingMode Mode, bool JoinsOther)
{
    public OpenRecording? Rtp { get; private set; }

    public OpenRecording? Rtcp { get; private set; }

    public bool IsOpen => Rtp is not null;

    /// <summary>Opens the RTP file, or the single one, and the RTCP file if there is to be one; both or neither.</summary>
    public void Open(IRecordingStore store, ReadOnlySpan<byte> header)
    {
        Rtp = TryOpen(store, Names.Rtp, header);
        if (Rtp is null || Mode.IsSingle || !Mode.WithRtcp)
        {
            return;
        }

        Rtcp = TryOpen(store, Names.Rtcp, header);
        if (Rtcp is null)
        {
            Abandon();
        }
    }

    /// <summary>Nobody is left to record.</summary>
    public void Abandon()
    {
        Rtp?.Abandon();
        Rtcp?.Abandon();
        Rtp = Rtcp = null;
    }

    private OpenRecording? TryOpen(IRecordingStore store, string name, ReadOnlySpan<byte> header) =>
        store.TryOpen(CallId, name, header) is { } file ? new OpenRecording(file) : null;
}
