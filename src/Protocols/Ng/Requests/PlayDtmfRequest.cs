namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>play DTMF</c> (ng protocol, 3.9): the selected party is the one that seems to send the digits.</summary>
/// <param name="Event">The RFC 4733 event, 0-15; null if it was missing or none.</param>
public sealed record PlayDtmfRequest(string CallId, PartySelection Party, byte? Event) : CallRequest(CallId)
{
    /// <summary>100 to 5,000 ms.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>100 to 5,000 ms until the next digit.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Below full scale in dB, 0-63, as RFC 4733 counts it.</summary>
    public byte Volume { get; init; } = 8;

    public override string? FindRefusal() =>
        Party.FindRefusal(needsParty: true) ?? (Event is null ? NgErrors.BadDtmfCode : null);
}
