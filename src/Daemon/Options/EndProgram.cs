namespace RtpProxy.Daemon.Options;

/// <summary>Print something and end, because that was asked for or because an option is wrong.</summary>
/// <param name="Status">Exit status.</param>
/// <param name="Output">For standard output; ends with a line end, or is empty.</param>
/// <param name="Error">For standard error; ends with a line end, or is empty.</param>
internal sealed record EndProgram(int Status, string Output, string Error) : CommandLineOutcome;
