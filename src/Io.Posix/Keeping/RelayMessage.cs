namespace RtpProxy.Io.Posix.Keeping;

/// <summary>What a relay says to its keeper (ADR 22).</summary>
internal abstract record RelayMessage
{
    private RelayMessage()
    {
    }

    /// <summary>Hold the descriptors that come with this under the name, instead of those that were.</summary>
    public sealed record Hold(string Name) : RelayMessage;

    /// <summary>Let go of them.</summary>
    public sealed record Drop(string Name) : RelayMessage;

    /// <summary>All is prepared that can be before it may read.</summary>
    /// <param name="Workers">How many it has: sessions are tied to them, so that one with another number cannot take over.</param>
    /// <param name="Version">Of the program.</param>
    public sealed record Ready(int Workers, string Version) : RelayMessage;

    /// <summary>It reads.</summary>
    public sealed record Running : RelayMessage;

    /// <summary>It reads no more, and nothing of its state changes.</summary>
    public sealed record Frozen : RelayMessage;

    /// <summary>It cannot start, or cannot go on; it ends.</summary>
    public sealed record Refused(string Why) : RelayMessage;

    /// <summary>A client asks for an upgrade.</summary>
    public sealed record UpgradeWanted : RelayMessage;

    /// <summary>It was told by somebody else to take no more sessions.</summary>
    public sealed record Draining : RelayMessage;

    /// <summary>Its end, which is to come, is meant.</summary>
    public sealed record Ending : RelayMessage;

    /// <summary>Its workers turn.</summary>
    public sealed record Alive : RelayMessage;
}
