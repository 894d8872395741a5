using System.Collections.Immutable;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What has to be known of a media line of an offer when its answer is written. Bounded by the offer's length.</summary>
/// <param name="Type">The kind of media, as the offerer wrote it.</param>
/// <param name="Protocol">The transport, as the offerer wrote it.</param>
/// <param name="Formats">The payload types, as the offerer wrote them.</param>
/// <param name="Mid">The offerer's <c>a=mid</c>.</param>
/// <param name="Stripped">The codecs that the answerer was not told of.</param>
public sealed record OfferedMedia(
    string Type, string Protocol, string Formats, string? Mid, ImmutableArray<SdpCodec> Stripped)
{
    internal SdpProfile Profile => SdpProfiles.Find(Protocol);
}
