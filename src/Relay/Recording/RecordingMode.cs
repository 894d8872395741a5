namespace RtpProxy.Relay.Recording;

/// <summary>How the media of one party is kept.</summary>
/// <param name="IsPcap"><c>-P</c>; else the ad-hoc format.</param>
/// <param name="IsSingle">One file for both parties, RTP and RTCP; only in pcap format.</param>
/// <param name="WithRtcp">RTCP is kept too: no <c>-R</c>.</param>
internal readonly record struct RecordingMode(bool IsPcap, bool IsSingle, bool WithRtcp)
{
    /// <param name="single">What the command asks for; it has no effect without <c>-P</c>.</param>
    public static RecordingMode Of(RelayOptions options, bool single) =>
        new(options.RecordPcap, single && options.RecordPcap, !options.SkipRtcpRecording);

    public RecordLayout LayoutOf(StreamKind kind)
    {
        if (!IsPcap)
        {
            return RecordLayout.AdHoc;
        }

        return IsSingle && kind == StreamKind.Rtcp ? RecordLayout.PcapAsSent : RecordLayout.PcapAsReceived;
    }
}
