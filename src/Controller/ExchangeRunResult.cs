using RtpProxy.Controller.Offers;

namespace RtpProxy.Controller;

/// <summary>How the commands of an exchange went.</summary>
/// <param name="Outcome"><see cref="MediaOutcome.Done"/> when all <paramref name="Replies"/> are in.</param>
/// <param name="Replies">One for each command, in order.</param>
/// <param name="Reason">Why not; empty when done.</param>
/// <param name="Refusal">What the sender may be told; null when done.</param>
internal readonly record struct ExchangeRunResult(
    MediaOutcome Outcome, IReadOnlyList<MediaReply> Replies, string Reason, MediaRefusal? Refusal);
