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
        if (Mode.IsSingle || !Mode.WithRtcp)
        {
            Rtp = store.TryOpen(CallId, Names.Rtp, header) is { } single ? new OpenRecording(single) : null;
        }
        else if (store.TryOpenPair(CallId, Names.Rtp, Names.Rtcp, header, out IRecordingFile? rtp, out IRecordingFile? rtcp))
        {
            Rtp = new OpenRecording(rtp);
            Rtcp = new OpenRecording(rtcp);
        }
    }

    /// <summary>Nobody is left to record.</summary>
    public void Abandon()
    {
        Rtp?.Abandon();
        Rtcp?.Abandon();
        Rtp = Rtcp = null;
    }
}
