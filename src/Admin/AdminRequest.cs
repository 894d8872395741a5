namespace RtpProxy.Admin;

/// <summary>One line to the relay: a question or a request (docs/admin.md). What does not belong to <see cref="Ask"/> is ignored.</summary>
public sealed record AdminRequest
{
    /// <summary>Comes back with the reply.</summary>
    public long Id { get; init; }

    /// <summary>One of <see cref="AdminWords"/>.</summary>
    public required string Ask { get; init; }

    /// <summary><see cref="AdminWords.Session"/>: of the call.</summary>
    public string? CallId { get; init; }

    /// <summary><see cref="AdminWords.Session"/>: of one of its parties; all its sessions if absent.</summary>
    public string? Tag { get; init; }

    /// <summary><see cref="AdminWords.Sessions"/>: part of the Call-ID or of a tag, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary><see cref="AdminWords.Sessions"/>: only those that somebody should look at.</summary>
    public bool Trouble { get; init; }

    /// <summary><see cref="AdminWords.Sessions"/>: only those with this verdict.</summary>
    public string? Verdict { get; init; }

    /// <summary><see cref="AdminWords.Sessions"/>: <c>trouble</c> (the default), <c>oldest</c>, <c>newest</c>, <c>call-id</c>, <c>loss</c>, <c>score</c>.</summary>
    public string? Sort { get; init; }

    /// <summary><see cref="AdminWords.Sessions"/>: of those that match, how many come before the page.</summary>
    public int Skip { get; init; }

    /// <summary><see cref="AdminWords.Sessions"/>: the length of the page, 1 to 1,000; 100 if absent.</summary>
    public int? Take { get; init; }

    /// <summary><see cref="AdminWords.Events"/>: the kinds wanted (<see cref="EventNotice.Kind"/>); all if absent.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }
}
