using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Relay.Calls;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>The words of descriptions, in those of the relay.</summary>
internal static class SdpTerms
{
    public static LineDirection Direction(MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => LineDirection.SendOnly,
        MediaDirection.ReceiveOnly => LineDirection.ReceiveOnly,
        MediaDirection.Inactive => LineDirection.Inactive,
        _ => LineDirection.SendReceive,
    };

    /// <summary>What we do where a party says this, as a description would have it (RFC 8866, section 6.7).</summary>
    public static string OurWord(LineDirection direction) => direction switch
    {
        LineDirection.SendOnly => "recvonly",
        LineDirection.ReceiveOnly => "sendonly",
        LineDirection.Inactive => "inactive",
        _ => "sendrecv",
    };

    public static RtcpMuxFacts Mux(RtcpMuxOffer offer, bool isSaid) =>
        (isSaid ? RtcpMuxFacts.IsSaid : 0)
        | (offer.IsWritten ? RtcpMuxFacts.IsOffered : 0)
        | (offer.OffererIsMuxed is null ? 0 : RtcpMuxFacts.IsDecided)
        | (offer.OffererIsMuxed == true ? RtcpMuxFacts.IsDone : 0);

    public static MediaKind Kind(SdpMediaKind kind) => kind switch
    {
        SdpMediaKind.Rtp => MediaKind.Rtp,
        SdpMediaKind.Opaque => MediaKind.Opaque,
        _ => MediaKind.Unrelayed,
    };
}
