namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>A media line of a <see cref="SubscriptionReply"/>.</summary>
/// <param name="Index">From 1, in the party's own session description.</param>
/// <param name="Type"><c>audio</c>, <c>video</c>, and so on.</param>
/// <param name="Label">Of <c>a=label</c> in the offer (RFC 4574).</param>
/// <param name="Mode">Our direction toward the party: <c>recvonly</c> of one that only sends.</param>
public sealed record SubscribedMedia(int Index, string Type, string Label, string Mode);
