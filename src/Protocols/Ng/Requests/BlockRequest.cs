namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>
/// <c>block media</c>, <c>silence media</c>, <c>block DTMF</c> and their opposites (ng protocol, 3.7).
/// </summary>
/// <param name="Media">What is held back.</param>
/// <param name="IsBlocked">True to block or silence, false to end it.</param>
/// <param name="Party">
/// Whose media; <see cref="PartySelector.None"/> is the whole call. Ending it for the whole call ends it for single parties
/// only with <see cref="PartySelector.All"/>.
/// </param>
public sealed record BlockRequest(string CallId, BlockedMedia Media, bool IsBlocked, PartySelection Party)
    : CallRequest(CallId)
{
    /// <summary>
    /// True when single flows are named (<c>to-label</c>, <c>all</c> with another value), or DTMF is to be replaced rather
    /// than dropped.
    /// </summary>
    public bool AsksForMore { get; init; }

    public override string? FindRefusal() => AsksForMore ? NgErrors.Unsupported : Party.FindRefusal(needsParty: false);
}
