namespace RtpProxy.Ctl.Output;

/// <summary>What one node did between two readings.</summary>
/// <param name="Milliseconds">Round trip of the last reading.</param>
/// <param name="Trouble">What should worry an operator, in words; null when nothing does.</param>
/// <param name="Version">Of the program; told by admin sockets only, like what follows.</param>
/// <param name="Kept">A keeper starts another process when this one dies.</param>
/// <param name="Deaths">Of processes, since the keeper was started; null without one.</param>
internal sealed record NodeActivity(
    string Socket,
    DateTimeOffset Time,
    long ActiveSessions,
    decimal PacketsPerSecond,
    decimal RelayedPerSecond,
    decimal DiscardedPerSecond,
    decimal CommandsPerSecond,
    decimal ErrorsPerSecond,
    decimal TimeoutsPerSecond,
    double Milliseconds,
    string? Trouble,
    string? Version = null,
    double? UptimeSeconds = null,
    int? SessionsInTrouble = null,
    bool? Kept = null,
    int? Deaths = null);
