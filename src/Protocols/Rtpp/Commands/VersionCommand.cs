namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>V</c>, or <c>VF date</c> when <paramref name="Capability"/> is given.</summary>
public sealed record VersionCommand(string? Capability = null) : Command;
