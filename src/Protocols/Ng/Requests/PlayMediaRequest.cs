namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>play media</c> (ng protocol, 3.8): the selected parties hear it.</summary>
/// <param name="File">As written; null if none was named.</param>
/// <param name="RepeatTimes">1 or more.</param>
public sealed record PlayMediaRequest(string CallId, PartySelection Party, string? File, int RepeatTimes) : CallRequest(CallId)
{
    /// <summary>A <c>db-id</c> was given.</summary>
    public bool AsksForDatabase { get; init; }

    public override string? FindRefusal() => Party.FindRefusal(needsParty: true)
        ?? (AsksForDatabase ? NgErrors.Unsupported : File is null ? NgErrors.NoMediaFile : null);
}
