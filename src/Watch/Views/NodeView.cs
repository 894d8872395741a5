using RtpProxy.Admin;

namespace RtpProxy.Watch.Views;

/// <summary>How a relay fares.</summary>
/// <param name="Node">As the operator calls it.</param>
/// <param name="Up">It answers.</param>
/// <param name="Since">When that last changed.</param>
/// <param name="Fault">Why it does not answer.</param>
/// <param name="AgeSeconds">Of the counters; those of a relay that is away get old.</param>
/// <param name="LagSeconds">Mean lag of the slowest worker over the last seconds.</param>
/// <param name="Ready">It can take new calls.</param>
/// <param name="NotReady">Why it cannot: a sentence each.</param>
internal sealed record NodeView(
    string Node,
    bool Up,
    DateTimeOffset Since,
    string? Fault,
    double? AgeSeconds,
    double? LagSeconds,
    bool Ready,
    IReadOnlyList<string> NotReady,
    long EventsMissed,
    RelayHello? Hello,
    RelayCounters? Counters,
    HostFigures? Host);
