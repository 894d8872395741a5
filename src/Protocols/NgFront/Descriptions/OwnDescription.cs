using System.Collections.Immutable;
using System.Net;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>Descriptions that are our own (docs/ng.md, recording servers): what subscribers are offered, and who publishes is answered.</summary>
internal static class OwnDescription
{
    /// <param name="shown">The address of ours, unless the command names another.</param>
    public static SubscriptionOffer Of(
        ImmutableArray<SubscriptionLine> lines, IPAddress shown, long sessionNumber, int offers, MediaOptions options) => new()
        {
            Address = options.MediaAddress ?? shown,
            Lines = lines,
            SessionNumber = sessionNumber,
            Offers = offers,
            Name = "rtpproxy",
            RtcpAttribute = options.RtcpAttribute,
            Codecs = options.Codecs,
            Attributes = options.Attributes,
        };
}
