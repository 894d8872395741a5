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

    /// <summary>A keeper (<c>--keep</c>) starts another process when this one dies, and for an upgrade.</summary>
    public bool Kept { get; init; }

    /// <summary>Why the keeper has started this process: <c>first</c>, <c>death</c> (of the one before it) or <c>upgrade</c>; absent without one.</summary>
    public string? Start { get; init; }

    /// <summary>How many relays have died since the keeper was started.</summary>
    public int Deaths { get; init; }

    /// <summary>No new sessions are taken.</summary>
    public bool Draining { get; init; }
}
