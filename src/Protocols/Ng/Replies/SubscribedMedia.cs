namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>A media line of a <see cref="SubscriptionReply"/>.</summary>
/// <param name="Index">From 1, in the party's own session description.</param>
/// <param name="Type"><c>audio</c>, <c>video</c>, and so on.</param>
/// <param name="Label">Of <c>a=label</c> in the offer (RFC 4574).</param>
/// <param name="Mode">The party's direction: <c>sendrecv</c>, <c>sendonly</c>, and so on.</param>
public sealed record SubscribedMedia(int Index, string Type, string Label, string Mode);
