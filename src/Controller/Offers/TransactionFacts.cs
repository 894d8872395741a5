namespace RtpProxy.Controller.Offers;

/// <summary>What a stateful proxy remembers of the request when a reply to it, or its CANCEL, passes.</summary>
/// <param name="HadSdp">
/// <see cref="MediaResult.MarksTransaction"/> of the request: its SDP was taken as the offer, so SDP in replies is the
/// answer.
/// </param>
/// <param name="InDialog">The request had a To tag: its failure ends no call.</param>
public sealed record TransactionFacts(bool HadSdp, bool InDialog);
