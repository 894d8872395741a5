namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>A party of a call (ng protocol, 7.1).</summary>
public sealed record PartyFigures
{
    /// <summary>Null while it is not known: written as <c>&lt;untagged N&gt;</c>.</summary>
    public required string? Tag { get; init; }

    /// <summary>Other tags that were answered for it (6.4).</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Label { get; init; }

    public string? ViaBranch { get; init; }

    public string? Metadata { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Whom it receives media from.</summary>
    public IReadOnlyList<AssociationFigures> Subscriptions { get; init; } = [];

    /// <summary>Who receives its media.</summary>
    public IReadOnlyList<AssociationFigures> Subscribers { get; init; } = [];

    /// <summary>In the order of its media lines.</summary>
    public IReadOnlyList<MediaFigures> Medias { get; init; } = [];
}
