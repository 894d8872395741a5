namespace RtpProxy.Admin;

/// <summary>Something that happened to a call.</summary>
public sealed record EventNotice
{
    public DateTimeOffset At { get; init; }

    /// <summary>
    /// <c>created</c>, <c>latched</c>, <c>moved</c>, <c>refused</c>, <c>verdict</c>, <c>digit</c>, <c>recording-started</c>,
    /// <c>recording-stopped</c>, <c>timed-out</c>, <c>ended</c>.
    /// </summary>
    public required string Kind { get; init; }

    public required string CallId { get; init; }

    public string? FromTag { get; init; }

    /// <summary><c>caller</c> or <c>callee</c>.</summary>
    public string? Party { get; init; }

    /// <summary>Of a stream: <c>rtp</c> or <c>rtcp</c>.</summary>
    public string? Stream { get; init; }

    public string? Address { get; init; }

    /// <summary><c>verdict</c>: what it is now.</summary>
    public string? Verdict { get; init; }

    public string? VerdictBefore { get; init; }

    public bool? Trouble { get; init; }

    /// <summary>For people.</summary>
    public string? Sentence { get; init; }

    /// <summary><c>digit</c>: 0 to 9, *, #, A to D, a blank for a flash; null where it may be a secret.</summary>
    public string? Digit { get; init; }

    /// <summary><c>ended</c>: <c>deleted</c>, <c>all-deleted</c>, <c>timed-out</c>, <c>shutdown</c>.</summary>
    public string? Reason { get; init; }

    /// <summary><c>ended</c>: the session with its final figures.</summary>
    public SessionDetail? Session { get; init; }
}
