namespace RtpProxy.Controller;

/// <summary>What became of an offer or an answer.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sdp">
/// The description to pass on: rewritten when done, as it came when it goes through a relay already
/// (<see cref="MediaOutcome.AlreadyRelayed"/>). Null when there is none, because it could not be relayed.
/// </param>
/// <param name="Reason">Why it is not done, in a clause for a log; empty otherwise.</param>
public sealed record SdpResult(MediaOutcome Outcome, string? Sdp, string Reason = "")
{
    /// <summary>The name of the relay that was asked last; null when none was.</summary>
    public string? Relay { get; init; }

    /// <summary>What to answer the sender of an offer that could not be relayed; null when nothing is to be refused.</summary>
    public MediaRefusal? Refusal { get; init; }

    /// <summary>
    /// The answer is to an offer that went through a relay, as far as that is remembered: if it failed, it must not be passed on as it is,
    /// because it names an address that the other party was not told of.
    /// </summary>
    public bool AnswersRelayedOffer { get; init; }

    /// <summary>The description is rewritten: media goes through the relay.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Sdp))]
    public bool IsDone => Outcome == MediaOutcome.Done;
}
