namespace RtpProxy.Admin;

/// <summary>A session in full.</summary>
public sealed record SessionDetail
{
    public required string CallId { get; init; }

    public required string FromTag { get; init; }

    public string? ToTag { get; init; }

    public DateTimeOffset SetUpAt { get; init; }

    public double AgeSeconds { get; init; }

    /// <summary>Both parties have a port.</summary>
    public bool Complete { get; init; }

    /// <summary>Until it times out if nothing more is heard.</summary>
    public int RemainingSeconds { get; init; }

    public required string Verdict { get; init; }

    public bool Trouble { get; init; }

    public string? Party { get; init; }

    public required string Sentence { get; init; }

    public required PartyDetail Caller { get; init; }

    public required PartyDetail Callee { get; init; }
}
