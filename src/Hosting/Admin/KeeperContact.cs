using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Hosting.Admin;

/// <summary>What those who look after a relay can know of its keeper, and ask of it (ADR 22).</summary>
public sealed record KeeperContact
{
    /// <summary>Why it has started this process.</summary>
    public required RelayStart Start { get; init; }

    /// <summary>How many relays have died by then.</summary>
    public required int Deaths { get; init; }

    /// <summary>Asked on any thread: it has not died.</summary>
    public required Func<bool> IsAlive { get; init; }

    /// <summary>Asks for another process of the program that is installed now; called on any thread, ends however that goes.</summary>
    public required Func<Task<UpgradeOutcome>> UpgradeAsync { get; init; }
}
