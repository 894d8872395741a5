namespace RtpProxy.Admin;

/// <summary>A session in a list.</summary>
public sealed record SessionRow
{
    public required string CallId { get; init; }

    public required string FromTag { get; init; }

    public string? ToTag { get; init; }

    public DateTimeOffset SetUpAt { get; init; }

    public double AgeSeconds { get; init; }

    /// <summary><c>ok</c>, <c>waiting</c>, <c>silent</c>, <c>one-way</c> … (docs/verdicts.md).</summary>
    public required string Verdict { get; init; }

    /// <summary>Somebody should look at the call.</summary>
    public bool Trouble { get; init; }

    /// <summary>The party that the verdict is about, <c>caller</c> or <c>callee</c>; absent if both or none.</summary>
    public string? Party { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Sentence { get; init; }

    public required PartyRow Caller { get; init; }

    public required PartyRow Callee { get; init; }
}
