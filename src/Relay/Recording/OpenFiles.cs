namespace RtpProxy.Relay.Recording;

/// <summary>The files of one recording.</summary>
/// <param name="Rtcp">The same as <paramref name="Rtp"/> for a single file; null when RTCP is not kept.</param>
internal sealed record OpenFiles(IRecordingFile Rtp, IRecordingFile? Rtcp)
{
    /// <summary>Opens the RTP file, or the single one, and the RTCP file if there is to be one; both or neither. May block.</summary>
    public static OpenFiles? TryOpen(
        IRecordingStore store, string callId, in RecordingNames names, in RecordingMode mode, ReadOnlySpan<byte> header)
    {
        if (mode.IsSingle || !mode.WithRtcp)
        {
            return store.TryOpen(callId, names.Rtp, header) is { } file ? new OpenFiles(file, mode.WithRtcp ? file : null) : null;
        }

        return store.TryOpenPair(callId, names.Rtp, names.Rtcp, header, out IRecordingFile? rtpFile, out IRecordingFile? rtcpFile)
            ? new OpenFiles(rtpFile, rtcpFile)
            : null;
    }

    public bool Has(IRecordingFile file) => ReferenceEquals(file, Rtp) || ReferenceEquals(file, Rtcp);
}
