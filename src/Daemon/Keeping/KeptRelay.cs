namespace RtpProxy.Daemon.Keeping;

/// <summary>What the keeper knows of a relay.</summary>
/// <remarks>Owned by <see cref="Succession"/>.</remarks>
internal sealed class KeptRelay(int number)
{
    public int Number { get; } = number;

    /// <summary>As it said; 0 before.</summary>
    public int Workers { get; set; }

    public string Version { get; set; } = "";

    /// <summary>It reads, or did before it was told to stand still.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Its end is meant.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Why it cannot go on, as it said.</summary>
    public string? Refusal { get; set; }

    /// <summary>When it last said that its workers turn; null before it did for the first time.</summary>
    public TimeSpan? AliveAt { get; set; }
}
