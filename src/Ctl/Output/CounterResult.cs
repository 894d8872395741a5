namespace RtpProxy.Ctl.Output;

/// <summary>The global counters of one node at one instant.</summary>
/// <param name="Counters">By the protocol's names; null without a reply.</param>
/// <param name="Rates">Change per second since the reading before; null in the first.</param>
/// <param name="Error">Why there are no counters; null when all is well.</param>
internal sealed record CounterResult(
    string Socket,
    DateTimeOffset Time,
    IReadOnlyDictionary<string, decimal>? Counters,
    IReadOnlyDictionary<string, decimal>? Rates,
    string? Error);
