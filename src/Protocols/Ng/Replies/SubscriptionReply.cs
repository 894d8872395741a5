namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>The reply of <c>subscribe request</c> (ng protocol, 3.10).</summary>
/// <param name="Sdp">The offer for the subscriber.</param>
/// <param name="ToTag">The subscriber's tag, given or invented.</param>
/// <param name="Sources">The parties whose media it gets, one or more.</param>
/// <param name="IsSiprec">True to say which media line is whose.</param>
public sealed record SubscriptionReply(string Sdp, string ToTag, IReadOnlyList<SubscribedParty> Sources, bool IsSiprec);
