namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>play media</c> (ng protocol, 3.8): the selected parties hear it.</summary>
/// <param name="File">As written; null if none was named.</param>
/// <param name="RepeatTimes">1 or more; null for as often as there is time.</param>
public sealed record PlayMediaRequest(string CallId, PartySelection Party, string? File, int? RepeatTimes) : CallRequest(CallId)
{
    /// <summary>The file itself; null if it was not told, and empty if it cannot be read. Where a file is named that counts.</summary>
    public byte[]? Blob { get; init; }

    /// <summary>All rounds end after so long, at least a millisecond; null for no such end.</summary>
    public TimeSpan? RepeatDuration { get; init; }

    /// <summary>In samples of the file, 0 or more.</summary>
    public long StartPosition { get; init; }

    /// <summary>A <c>db-id</c> was given.</summary>
    public bool AsksForDatabase { get; init; }

    public override string? FindRefusal() => Party.FindRefusal(needsParty: true)
        ?? (AsksForDatabase ? NgErrors.Unsupported : (File is null && Blob is null) ? NgErrors.NoMediaFile : null);
}
