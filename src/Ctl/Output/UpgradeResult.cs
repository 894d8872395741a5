namespace RtpProxy.Ctl.Output;

/// <summary>How an upgrade of a node went.</summary>
/// <param name="Version">Of the program that relays now; null if it is the one before.</param>
internal sealed record UpgradeResult(string Socket, string? Version, string? Error);
