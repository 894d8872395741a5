namespace RtpProxy.Daemon.Keeping;

/// <summary>What one keeper leaves to the next, while a relay runs.</summary>
/// <param name="Relay">Its number.</param>
/// <param name="Workers">How many it has.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Deaths">Of relays, so far.</param>
/// <param name="IsDraining">No new sessions are taken.</param>
internal readonly record struct SuccessionState(int Relay, int Workers, string Version, int Deaths, bool IsDraining);
