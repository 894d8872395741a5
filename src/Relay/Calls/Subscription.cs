using System.Collections.Immutable;

namespace RtpProxy.Relay.Calls;

/// <summary>
/// A party that only hears: it is sent what other parties of the call send, such as a recording server (RFC 7866;
/// docs/ng.md, recording servers). Immutable; replaced whole.
/// </summary>
/// <param name="Number">In its call, for its life; no association has it.</param>
/// <param name="Subscriber">The number of the party that hears.</param>
/// <param name="Lines">Its media lines, in order: none goes, those that are not wanted any more are offered no more.</param>
/// <param name="Offers">How often it was described to the subscriber.</param>
/// <param name="IsAnswered">The subscriber has said where it wants its media.</param>
public sealed record Subscription(int Number, int Subscriber, ImmutableArray<SubscribedLine> Lines, int Offers, bool IsAnswered = false)
{
    /// <summary>Of one call: a recording server, its spare, and who listens in.</summary>
    public const int Max = 8;
}
