namespace RtpProxy.Daemon.Options;

/// <summary>Start with these options.</summary>
internal sealed record RunDaemon(DaemonOptions Options) : CommandLineOutcome;
