namespace RtpProxy.TestKit.Daemon;

/// <summary>How a program ended and what it said.</summary>
public sealed record ProgramResult(int Status, string Output, string Error);
