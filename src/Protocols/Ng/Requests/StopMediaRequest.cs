namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>stop media</c> (ng protocol, 3.8).</summary>
public sealed record StopMediaRequest(string CallId, PartySelection Party) : CallRequest(CallId)
{
    public override string? FindRefusal() => Party.FindRefusal(needsParty: true);
}
