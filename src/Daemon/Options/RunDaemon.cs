namespace RtpProxy.Daemon.Options;

/// <summary>Start with these options.</summary>
/// <param name="Settings">Where the options come from.</param>
internal sealed record RunDaemon(DaemonOptions Options, Settings Settings) : CommandLineOutcome;
