using RtpProxy.Relay.Events;

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

    /// <summary>The same for a command of a controller, who is told when one file is asked for and there will be more.</summary>
    public static RecordingMode Of(RelayWorker worker, string callId, RelayOptions options, bool single)
    {
        if (single && !options.RecordPcap)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(callId, "one file for both parties needs -P: each stream gets a file of its own"));
        }

        return Of(options, single);
    }

    public RecordLayout LayoutOf(StreamKind kind)
    {
        if (!IsPcap)
        {
            return RecordLayout.AdHoc;
        }

        return IsSingle && kind == StreamKind.Rtcp ? RecordLayout.PcapAsSent : RecordLayout.PcapAsReceived;
    }
}
