using System.Collections.Immutable;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>A description as it is sent on.</summary>
/// <param name="Body">The text.</param>
/// <param name="Offered">Of an offer: to be remembered for its answer, <see cref="SdpRewriting.Answers"/>.</param>
public sealed record SdpRewritten(string Body, ImmutableArray<OfferedMedia> Offered);
