namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>A media line that a subscriber is offered.</summary>
/// <param name="Source">What is kept of who is heard (<see cref="SdpExcerpt"/>); null when that is not known any more.</param>
/// <param name="Listener">And of the party that hears it, in whose payload types it is sent; null when there is none.</param>
/// <param name="Ports">Ours; null for a line that is offered no more.</param>
/// <param name="Label">For <c>a=label</c> (RFC 4574); null for the source's own, if it has one.</param>
/// <param name="Refused">Of a line without ports: what <c>m=</c> says beside the port, if that is not known from the source.</param>
/// <param name="IsSending">Who is heard says that it sends.</param>
public sealed record SubscriptionLine(SdpFacts? Source, SdpFacts? Listener, SdpMediaPorts? Ports, string? Label, bool IsSending = true, SdpMediaFacts? Refused = null);
