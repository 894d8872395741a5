namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>query</c> (ng protocol, 3.5): one party and those that it receives media from, or the whole call.</summary>
/// <param name="FromTag">Null when it was empty.</param>
/// <param name="ToTag">Counts before <paramref name="FromTag"/>. Null when it was empty.</param>
public sealed record QueryRequest(string CallId, string? FromTag, string? ToTag) : CallRequest(CallId)
{
    /// <summary>The party asked for; null: all.</summary>
    public string? Tag => ToTag ?? FromTag;

    public override string UnknownCall => NgErrors.UnknownCallId;
}
