namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>What <c>statistics</c> shows (ng protocol, 7.5).</summary>
public sealed record StatisticsFigures
{
    /// <summary>Calls at present.</summary>
    public long Calls { get; init; }

    /// <summary>Media lines at present.</summary>
    public long Medias { get; init; }

    public RateFigures Rate { get; init; }

    public TimeSpan Uptime { get; init; }

    public EndedCallFigures Ended { get; init; } = new();

    /// <summary>Since start.</summary>
    public TrafficFigures Relayed { get; init; }

    /// <summary>1.0-5.0 each.</summary>
    public SampleSums Mos { get; init; }

    /// <summary>In ms each.</summary>
    public SampleSums Jitter { get; init; }

    /// <summary>In percent each.</summary>
    public SampleSums PacketLoss { get; init; }

    /// <summary>Packets that never came.</summary>
    public long PacketsLost { get; init; }

    public IReadOnlyList<ProxyFigures> Proxies { get; init; } = [];

    public IReadOnlyList<InterfaceFigures> Interfaces { get; init; } = [];
}
