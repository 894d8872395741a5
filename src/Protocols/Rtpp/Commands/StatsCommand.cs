namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>G[v] [name ...]</c>.</summary>
public sealed record StatsCommand(IReadOnlyList<string> Names, bool Verbose = false) : Command;
