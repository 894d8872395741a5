namespace RtpProxy.Admin;

/// <summary>Who answers.</summary>
public sealed record RelayHello
{
    /// <summary>Of these words, <see cref="AdminWords.Version"/>.</summary>
    public int Protocol { get; init; }

    /// <summary>Of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Host name.</summary>
    public required string Node { get; init; }

    public int Pid { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public int Workers { get; init; }

    /// <summary>No new sessions are taken.</summary>
    public bool Draining { get; init; }
}
