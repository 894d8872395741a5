namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>
/// <c>start forwarding</c>, <c>stop forwarding</c>: to a recording daemon, which there is not (ng protocol, 3.1).
/// </summary>
public sealed record ForwardingRequest(string CallId) : CallRequest(CallId)
{
    public override string? FindRefusal() => NgErrors.Unsupported;
}
