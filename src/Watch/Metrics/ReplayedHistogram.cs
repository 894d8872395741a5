using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using AdminHistogram = RtpProxy.Admin.Histogram;

namespace RtpProxy.Watch.Metrics;

/// <summary>
/// A histogram that a relay counts, carried over into one that is exported: by what each bucket grew, as so many values of their
/// mean. Counts and sums stay exact. Not thread-safe.
/// </summary>
internal sealed class ReplayedHistogram(Meter meter, string node, string name, string? unit, string description, ILogger logger)
{
    /// <summary>More values at once are those of a time when nobody watched: they would be told as if they were of now.</summary>
    private const ulong MostAtOnce = 1_000_000;

    private const int MaxSources = 1_024;

    private readonly KeyValuePair<string, object?> _label = new("node", node);
    private readonly Dictionary<int, AdminHistogram> _replayed = [];
    private Histogram<double>? _exported;

    /// <param name="source">Which of several that are exported together, as the number of a worker.</param>
    /// <param name="now">What the source has counted since it began.</param>
    public void Replay(int source, AdminHistogram now)
    {
        AdminHistogram before = _replayed.TryGetValue(source, out AdminHistogram? last) && IsLater(now, last) ? last : Nothing(now);
        if (_replayed.Count < MaxSources || last is not null)
        {
            _replayed[source] = now;
        }

        // The first bounds that the relay tells are those of the export: nobody can know them earlier.
        _exported ??= meter.CreateHistogram(
            name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = now.Bounds });
        ulong grown = Grown(before, now);
        if (grown > MostAtOnce)
        {
            logger.HistogramSkipped(node, name, grown);
            return;
        }

        for (int bucket = 0; bucket < now.Counts.Count; bucket++)
        {
            ulong count = now.Counts[bucket] - before.Counts[bucket];
            double mean = Within(now, bucket, (now.Sums[bucket] - before.Sums[bucket]) / count);
            for (ulong value = 0; value < count; value++)
            {
                _exported.Record(mean, _label);
            }
        }
    }

    // A mean of values that are all the bound itself may come out a little beyond it.
    private static double Within(AdminHistogram histogram, int bucket, double mean)
    {
        double least = bucket > 0 ? Math.BitIncrement(histogram.Bounds[bucket - 1]) : double.MinValue;
        double most = bucket < histogram.Bounds.Count ? histogram.Bounds[bucket] : double.MaxValue;
        return Math.Clamp(mean, least, most);
    }

    // A relay that has started anew counts from zero.
    private static bool IsLater(AdminHistogram now, AdminHistogram before) =>
        now.Bounds.SequenceEqual(before.Bounds)
        && now.Counts.Zip(before.Counts).All(pair => pair.First >= pair.Second);

    private static AdminHistogram Nothing(AdminHistogram like) =>
        new(like.Bounds, new ulong[like.Counts.Count], new double[like.Sums.Count]);

    private static ulong Grown(AdminHistogram before, AdminHistogram now)
    {
        ulong grown = 0;
        for (int bucket = 0; bucket < now.Counts.Count && grown <= MostAtOnce; bucket++)
        {
            grown += Math.Min(now.Counts[bucket] - before.Counts[bucket], MostAtOnce + 1);
        }

        return grown;
    }
}
