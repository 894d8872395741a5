namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>Quality of a stream during a call (ng protocol, 7.2).</summary>
/// <param name="Samples">How many samples <paramref name="Average"/> is made of.</param>
/// <param name="Interval">From entry to entry of <paramref name="Progression"/>.</param>
/// <param name="Progression">About ten samples, the oldest first; may be empty.</param>
public sealed record QualityFigures(
    QualitySample Average,
    QualitySample Lowest,
    QualitySample Highest,
    long Samples,
    TimeSpan Interval,
    IReadOnlyList<QualitySample> Progression);
