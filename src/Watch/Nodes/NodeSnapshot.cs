using RtpProxy.Admin;

namespace RtpProxy.Watch.Nodes;

/// <summary>What is known of a relay, as a whole that does not change.</summary>
/// <param name="Name">As the operator calls it.</param>
/// <param name="IsUp">It answers.</param>
/// <param name="Since">When that last changed.</param>
internal sealed record NodeSnapshot(string Name, bool IsUp, DateTimeOffset Since)
{
    /// <summary>Why it does not answer, in a sentence.</summary>
    public string? Fault { get; init; }

    public RelayHello? Hello { get; init; }

    /// <summary>The last that was heard, also of one that is away.</summary>
    public RelayCounters? Counters { get; init; }

    public HostFigures? Host { get; init; }

    /// <summary>When <see cref="Counters"/> came.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>Mean lag of the turns of the slowest worker over the last seconds; absent before there are two samples.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>Events that the relay could not tell us because we read too slowly.</summary>
    public long EventsMissed { get; init; }
}
