namespace RtpProxy.Relay.Recording;

/// <summary>The files of one recording, held open by who opened them until <see cref="Release"/>.</summary>
/// <param name="Rtcp">The same as <paramref name="Rtp"/> for a single file; null when RTCP is not kept.</param>
internal sealed record OpenFiles(OpenRecording Rtp, OpenRecording? Rtcp)
{
    /// <summary>Opens the RTP file, or the single one, and the RTCP file if there is to be one; both or neither. May block.</summary>
    public static OpenFiles? TryOpen(
        IRecordingStore store, string callId, in RecordingNames names, in RecordingMode mode, ReadOnlySpan<byte> header)
    {
        if (mode.IsSingle || !mode.WithRtcp)
        {
            return store.TryOpen(callId, names.Rtp, header) is { } file ? Holding(file, mode) : null;
        }

        return store.TryOpenPair(callId, names.Rtp, names.Rtcp, header, out IRecordingFile? rtpFile, out IRecordingFile? rtcpFile)
            ? new OpenFiles(Held(rtpFile), Held(rtcpFile))
            : null;
    }

    /// <summary>From now on only those who write hold the files open.</summary>
    public void Release()
    {
        Rtp.Leave();
        if (!ReferenceEquals(Rtp, Rtcp))
        {
            Rtcp?.Leave();
        }
    }

    private static OpenFiles Holding(IRecordingFile file, in RecordingMode mode)
    {
        OpenRecording only = Held(file);
        return new OpenFiles(only, mode.WithRtcp ? only : null);
    }

    private static OpenRecording Held(IRecordingFile file)
    {
        var recording = new OpenRecording(file);
        recording.Join();
        return recording;
    }
}
