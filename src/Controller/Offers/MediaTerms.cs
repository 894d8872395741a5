using System.Net;
using RtpProxy.Controller.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>What is wanted for a description beside its text, whoever brings it.</summary>
internal sealed record MediaTerms
{
    public required MediaFlags Flags { get; init; }

    /// <summary>Number of the set of nodes.</summary>
    public required int Set { get; init; }

    /// <summary>Where the message came from; null when nobody knows, and then the description must say it.</summary>
    public required IPAddress? Source { get; init; }

    /// <summary>Stands in SDP when a node names no address; null when there is nothing to stand in.</summary>
    public required IPAddress? Local { get; init; }

    /// <summary>Stands in SDP whatever a node names; null for what it names.</summary>
    public required string? Address
    {
        get;
        init => field = value is null ? null : SdpText.OneWord(value);
    }

    public IcePriority IcePriority { get; init; }

    /// <summary>What the node reports of a timeout.</summary>
    public string? TimeoutTag { get; init; }

    public DigitWish? Digits { get; init; }
}
