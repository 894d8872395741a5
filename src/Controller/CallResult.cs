namespace RtpProxy.Controller;

/// <summary>What became of a command for a call.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why it is not done, in a clause for a log; empty otherwise.</param>
public sealed record CallResult(MediaOutcome Outcome, string Reason = "")
{
    /// <summary>The name of the relay that was asked; null when none was.</summary>
    public string? Relay { get; init; }

    /// <summary>The number behind the <c>E</c> of the relay's error reply; null without one.</summary>
    public int? ErrorNumber { get; init; }

    public bool IsDone => Outcome == MediaOutcome.Done;
}
