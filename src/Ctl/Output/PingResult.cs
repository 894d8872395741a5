namespace RtpProxy.Ctl.Output;

/// <summary>Whether a node lives, how fast it answers and what it can do.</summary>
/// <param name="Milliseconds">Round trips of <c>V</c>, in order.</param>
/// <param name="Capabilities">Dates of the extensions it has; null when not asked.</param>
/// <param name="Error">What is wrong; null when all is well.</param>
internal sealed record PingResult(
    string Socket, string? Version, IReadOnlyList<double> Milliseconds, IReadOnlyList<string>? Capabilities, string? Error);
