namespace RtpProxy.Hosting.Admin;

/// <summary>How an upgrade went.</summary>
/// <param name="Version">Of the program that relays now; null if the relay goes on as it was.</param>
/// <param name="Why">It does; null if another relays now.</param>
public sealed record UpgradeOutcome(string? Version, string? Why);
