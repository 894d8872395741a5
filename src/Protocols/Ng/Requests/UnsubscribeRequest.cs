namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>unsubscribe</c> (ng protocol, 3.10).</summary>
/// <param name="ToTag">The subscriber; null if it was not given.</param>
public sealed record UnsubscribeRequest(string CallId, string? ToTag) : CallRequest(CallId)
{
    public override string? FindRefusal() => ToTag is null ? NgErrors.NoToTag : null;
}
