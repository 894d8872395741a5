namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>delete</c> (ng protocol, 3.4 and 6.6).</summary>
/// <param name="FromTag">Null, also when it was empty: the whole call.</param>
/// <param name="ToTag">Null when it was empty; else it counts, with or without the flag <c>to-tag</c>, by which controllers decide whether to tell it.</param>
/// <param name="ViaBranch">Null when it was empty.</param>
public sealed record DeleteRequest(string CallId, string? FromTag, string? ToTag, string? ViaBranch) : CallRequest(CallId)
{
    /// <summary>Flag <c>fatal</c>: nothing found is an error instead of a warning.</summary>
    public bool IsFatal { get; init; }

    /// <summary>Flag <c>fast</c>: no figures in the reply.</summary>
    public bool IsFast { get; init; }

    /// <summary>How long the call still goes on, up to a day; null: as the daemon is set.</summary>
    public TimeSpan? Delay { get; init; }

    public override string UnknownCall => NgErrors.NothingDeleted;
}
