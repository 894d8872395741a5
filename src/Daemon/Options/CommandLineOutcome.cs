namespace RtpProxy.Daemon.Options;

/// <summary>What a command line asks for: <see cref="RunDaemon"/> or <see cref="EndProgram"/>.</summary>
internal abstract record CommandLineOutcome;
