namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>A media line of a party (ng protocol, 7.1).</summary>
public sealed record MediaFigures
{
    /// <summary>From 1.</summary>
    public required int Index { get; init; }

    /// <summary><c>audio</c>, <c>video</c>, <c>image</c>, and so on.</summary>
    public required string Type { get; init; }

    /// <summary>As in this party's session description.</summary>
    public required string Protocol { get; init; }

    /// <summary>What was received, such as <c>PCMU/8000</c>; null before media.</summary>
    public string? Codec { get; init; }

    public MediaFlags Flags { get; init; }

    /// <summary>First RTP, then RTCP.</summary>
    public IReadOnlyList<StreamFigures> Streams { get; init; } = [];

    /// <summary>Sources that the party sends.</summary>
    public IReadOnlyList<SsrcFigures> Ingress { get; init; } = [];

    /// <summary>Sources that we send to it.</summary>
    public IReadOnlyList<SsrcFigures> Egress { get; init; } = [];
}
