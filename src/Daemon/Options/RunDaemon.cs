using RtpProxy.Daemon.Configuration;

namespace RtpProxy.Daemon.Options;

/// <summary>Start with these options.</summary>
/// <param name="Settings">Where the options come from.</param>
/// <param name="Texts">Of the files that they are in.</param>
internal sealed record RunDaemon(DaemonOptions Options, Settings Settings, ConfigurationTexts Texts) : CommandLineOutcome;
