using System.Net;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>The party, or parties, that a command is about (ng protocol, 3.7).</summary>
/// <param name="Name">The tag or label; empty for other selectors.</param>
/// <param name="Address">With <see cref="PartySelector.Address"/> only; null if it was no address.</param>
public readonly record struct PartySelection(PartySelector By, string Name, IPAddress? Address)
{
    /// <summary>What to answer when the call has no such party.</summary>
    public string NotFound => By switch
    {
        PartySelector.Label => NgErrors.NoSuchLabel,
        PartySelector.Address => NgErrors.NoSuchAddress,
        PartySelector.Tag => NgErrors.NoSuchTag,
        _ => NgErrors.NoParty,
    };

    /// <summary>The text to answer when the selection says nothing; null when it does.</summary>
    /// <param name="needsParty">True if the command does nothing without a party.</param>
    internal string? FindRefusal(bool needsParty) => By switch
    {
        PartySelector.Address when Address is null => NgErrors.BadAddress,
        PartySelector.None when needsParty => NgErrors.NoParty,
        _ => null,
    };
}
