using System.Collections.Immutable;

namespace RtpProxy.Relay.Statistics;

/// <summary>How values are spread: what can be copied to any thread.</summary>
/// <param name="Bounds">Upper ends of the buckets, each included, ascending.</param>
/// <param name="Counts">Values in each bucket alone; one more than bounds, for what is above all of them.</param>
/// <param name="Sums">Of the values in each bucket.</param>
public sealed record QualityHistogram(ImmutableArray<double> Bounds, ImmutableArray<ulong> Counts, ImmutableArray<double> Sums)
{
    private static readonly ImmutableArray<double>[] AllBounds =
    [
        [1.5, 2, 2.5, 3.1, 3.6, 3.8, 4, 4.2, 4.3],
        [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2],
    ];

    /// <summary>
    /// The bounds of a measure. Scores: where users become dissatisfied (3.1, 3.6, 4.0, 4.3; ITU-T G.109), and between. Loss: none,
    /// and steps to half. Jitter: up to a long de-jitter buffer.
    /// </summary>
    public static ImmutableArray<double> BoundsOf(QualityMeasure measure) => AllBounds[(int)measure];

    internal static QualityHistogram Of(QualityMeasure measure, in HistogramState state) =>
        new(BoundsOf(measure), [.. (ReadOnlySpan<ulong>)state.Counts], [.. (ReadOnlySpan<double>)state.Sums]);

    internal static void Count(QualityMeasure measure, double value, ref HistogramState state)
    {
        ReadOnlySpan<double> bounds = AllBounds[(int)measure].AsSpan();
        int bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }

        state.Counts[bucket]++;
        state.Sums[bucket] += value;
    }
}
