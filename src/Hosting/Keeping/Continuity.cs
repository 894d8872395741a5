using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Hosting.Keeping;

/// <summary>How the calls of a relay outlive its process (ADR 22).</summary>
public sealed record Continuity
{
    /// <summary>Holds what the next process needs.</summary>
    public required IKeeper Keeper { get; init; }

    /// <summary>What the process before this one had open. Belongs to whoever made it; what nobody takes is let go of by the host.</summary>
    public required Legacies Legacies { get; init; }

    public RelayStart Start { get; init; }
}
