using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>subscribe request</c> (ng protocol, 3.10): an offer of the media that some parties send.</summary>
/// <param name="Sources">Whose media, unless <paramref name="FromTags"/> names them.</param>
/// <param name="FromTags">The list <c>from-tags</c>; empty if it was not given.</param>
/// <param name="ToTag">Names the subscriber; null: invent one.</param>
public sealed record SubscribeRequest(
    string CallId,
    PartySelection Sources,
    ImmutableArray<string> FromTags,
    string? ToTag,
    MediaOptions Options) : CallRequest(CallId)
{
    /// <summary>Flag <c>siprec</c>: media lines are labelled, and the reply says which is whose.</summary>
    public bool IsSiprec { get; init; }

    public override string UnknownCall => NgErrors.UnknownCallIds;

    public override string? FindRefusal() => Options.FindRefusal()
        ?? Sources.FindRefusal(needsParty: false)
        ?? (Sources.By == PartySelector.None && FromTags.IsEmpty ? NgErrors.NoSubscribedMedia : null);
}
