using System.Collections.Immutable;

namespace RtpProxy.Relay.Calls;

/// <summary>One party of a call (ng protocol). Immutable; replaced whole.</summary>
public sealed record CallParty
{
    /// <summary>Earlier tags that are remembered.</summary>
    internal const int MaxAliases = 16;

    /// <summary>In its call, for its life; from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its SIP tag; null while it is not known.</summary>
    public string? Tag { get; init; }

    /// <summary>Tags by which it was called before.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The branch of the transaction that reached it; null if none was told.</summary>
    public string? ViaBranch { get; init; }

    /// <summary>What controllers call it; null for nothing.</summary>
    public string? Label { get; init; }

    /// <summary>Microseconds since the UNIX epoch.</summary>
    public long CreatedAt { get; init; }

    /// <summary>What it said last of its media lines, in order; what is said in an offer counts when that is answered.</summary>
    public ImmutableArray<MediaDescription> Media { get; init; } = [];

    /// <summary>What the protocol in front keeps of what the party said; nobody here looks into it.</summary>
    public byte[] Memo { get; init; } = [];

    /// <summary>What is kept from its media.</summary>
    public MediaGates Gates { get; init; }

    /// <summary>The party goes by another tag from now on.</summary>
    internal CallParty Named(string tag)
    {
        if (Tag is null || Tag == tag)
        {
            return this with { Tag = tag };
        }

        ImmutableArray<string> aliases = Aliases.Remove(tag);
        aliases = aliases.Length == MaxAliases ? aliases.RemoveAt(0) : aliases;
        return this with { Tag = tag, Aliases = aliases.Add(Tag) };
    }

    /// <summary>It does not send on one of its media lines, or does not want to hear.</summary>
    internal bool IsHolding(int index) => index < Media.Length && Media[index].IsHeld;

    /// <summary>One of its tags.</summary>
    public bool IsCalled(string tag) => Tag == tag || Aliases.Contains(tag);
}
