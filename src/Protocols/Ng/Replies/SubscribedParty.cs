namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>A party of a <see cref="SubscriptionReply"/>.</summary>
/// <param name="Label">The label that an offer or answer gave it; null if none.</param>
public sealed record SubscribedParty(string Tag, string? Label, IReadOnlyList<SubscribedMedia> Medias);
