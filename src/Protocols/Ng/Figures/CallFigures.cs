namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>
/// A call as <c>query</c> and <c>delete</c> show it (ng protocol, 7.1): plain figures, whoever gathers them. Totals, and the
/// dictionary of sources, are made of what the parties say.
/// </summary>
public sealed record CallFigures
{
    public required DateTimeOffset Created { get; init; }

    /// <summary>The last offer or answer.</summary>
    public required DateTimeOffset LastSignal { get; init; }

    public string? Metadata { get; init; }

    /// <summary>True while the call is recorded.</summary>
    public bool IsRecording { get; init; }

    /// <summary>Those asked for, the oldest first: the newest are left out first when the reply gets too long.</summary>
    public required IReadOnlyList<PartyFigures> Parties { get; init; }
}
