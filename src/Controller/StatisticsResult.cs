namespace RtpProxy.Controller;

/// <summary>The reply to a query for a call's counters.</summary>
/// <param name="Outcome"><see cref="MediaOutcome.Done"/> when the node replied, be it with an error.</param>
/// <param name="Text">
/// The reply verbatim, line end included, as <c>$rtpstat</c> gives it; an error reply too. Null without a reply.
/// </param>
/// <param name="Counters">The counters; null when the reply is an error or of another form.</param>
/// <param name="Reason">Why there is no reply; empty otherwise.</param>
public sealed record StatisticsResult(MediaOutcome Outcome, string? Text, CallStatistics? Counters, string Reason);
