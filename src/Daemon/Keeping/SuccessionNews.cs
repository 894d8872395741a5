namespace RtpProxy.Daemon.Keeping;

/// <summary>What somebody beside the keeper should know: the log, the service manager.</summary>
internal abstract record SuccessionNews
{
    private SuccessionNews()
    {
    }

    /// <summary>The relay reads, and none did before it.</summary>
    public sealed record Relaying(int Relay) : SuccessionNews;

    /// <summary>It reads again, after the death of the one before it.</summary>
    public sealed record Restored(int Relay, int Deaths, TimeSpan Gap) : SuccessionNews;

    /// <summary>It has died, and another is started after the pause.</summary>
    public sealed record Died(int Relay, int Status, string? Why, TimeSpan Pause) : SuccessionNews;

    /// <summary>It says nothing any more, and is killed for that.</summary>
    public sealed record Hung(int Relay, TimeSpan Silence) : SuccessionNews;

    public sealed record UpgradeBegun(int Relay) : SuccessionNews;

    public sealed record UpgradeDone(int Relay, string Version, TimeSpan Gap) : SuccessionNews;

    /// <summary>None has begun, and what is under way goes on.</summary>
    public sealed record UpgradeRefused(string Why) : SuccessionNews;

    /// <summary>The one that was relaying goes on.</summary>
    public sealed record UpgradeFailed(string Why) : SuccessionNews;

    public sealed record Draining : SuccessionNews;

    public sealed record Stopping(int Signal) : SuccessionNews;

    public sealed record Beat : SuccessionNews;
}
