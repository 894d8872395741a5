namespace RtpProxy.ExtractAudio.Survey;

/// <summary>
/// Learns from the arrival times of a whole file which of them to believe. Most packets of a recording lie close together;
/// what lies far from them is believed where it is a pause of the call (several packets that come later in the file as they
/// do in time, within an hour, or traffic that goes on, within four), and not where it is a few wrong bytes.
/// </summary>
internal sealed class ArrivalSurvey
{
    private const double BucketSeconds = 60;
    private const double FurthestSeconds = 24 * 3_600;
    private const double LongestPauseSeconds = 4 * 3_600;
    private const int MaxBuckets = 8_192; // a day has 1,440
    private const int FewestPackets = 3; // that make a part of the call
    private const double LongPauseSeconds = 3_600;
    private const int FewestPacketsOfLong = 50; // that make one beyond a long pause: traffic goes on there

    private readonly Dictionary<long, Range> _buckets = [];
    private readonly HashSet<long> _believed = [];
    private long _packets;

    private readonly record struct Range(long FirstBucket, long LastBucket, long Count, long FirstIndex, long LastIndex, double Start);

    /// <summary>The earliest arrival that is believed; null when there was none at all.</summary>
    public double? Start { get; private set; }

    /// <summary>The end of the last minute of which something is believed.</summary>
    public double End { get; private set; }

    /// <summary>Takes note of one packet, in the order of the file.</summary>
    public void Add(double arrivalSeconds)
    {
        long index = _packets++;
        if (!IsTime(arrivalSeconds))
        {
            return;
        }

        long bucket = BucketOf(arrivalSeconds);
        if (_buckets.TryGetValue(bucket, out Range range))
        {
            _buckets[bucket] = range with
            {
                Count = range.Count + 1,
                LastIndex = index,
                Start = Math.Min(range.Start, arrivalSeconds),
            };
        }
        else if (_buckets.Count < MaxBuckets)
        {
            _buckets.Add(bucket, new Range(bucket, bucket, 1, index, index, arrivalSeconds));
        }
    }

    /// <summary>Decides, after the last packet.</summary>
    public void Decide()
    {
        List<Range> clusters = Join();
        if (clusters.Count == 0)
        {
            return;
        }

        // From the largest part of the file outwards, in both directions of time.
        int main = Enumerable.Range(0, clusters.Count).MaxBy(i => clusters[i].Count);
        List<Range> believed = [clusters[main]];
        Range nearest = clusters[main];
        foreach (Range later in clusters.Skip(main + 1).Where(later => IsPauseAway(nearest, later, clusters[main])))
        {
            believed.Add(later);
            nearest = later;
        }

        nearest = clusters[main];
        foreach (Range earlier in clusters.Take(main).Reverse().Where(earlier => IsPauseAway(earlier, nearest, clusters[main])))
        {
            believed.Add(earlier);
            nearest = earlier;
        }

        foreach (Range cluster in believed)
        {
            for (long bucket = cluster.FirstBucket; bucket <= cluster.LastBucket; bucket++)
            {
                _believed.Add(bucket);
            }
        }

        Start = believed.Min(cluster => cluster.Start);
        End = (believed.Max(cluster => cluster.LastBucket) + 1) * BucketSeconds;
    }

    public bool IsBelieved(double arrivalSeconds) =>
        IsTime(arrivalSeconds) && _believed.Contains(BucketOf(arrivalSeconds));

    private static bool IsTime(double seconds) => double.IsFinite(seconds) && Math.Abs(seconds) <= uint.MaxValue;

    private static long BucketOf(double seconds) => (long)Math.Floor(seconds / BucketSeconds);

    /// <summary>Adjacent minutes belong together.</summary>
    private List<Range> Join()
    {
        List<Range> clusters = [];
        foreach (Range range in _buckets.Values.OrderBy(range => range.FirstBucket))
        {
            if (clusters.Count > 0 && clusters[^1].LastBucket + 1 == range.FirstBucket)
            {
                Range before = clusters[^1];
                clusters[^1] = new Range(
                    before.FirstBucket,
                    range.LastBucket,
                    before.Count + range.Count,
                    Math.Min(before.FirstIndex, range.FirstIndex),
                    Math.Max(before.LastIndex, range.LastIndex),
                    before.Start);
            }
            else
            {
                clusters.Add(range);
            }
        }

        return clusters;
    }

    /// <summary>Whether two parts follow each other in the file as they do in time, and one of them is as near as a pause.</summary>
    private static bool IsPauseAway(in Range earlier, in Range later, in Range main)
    {
        double pause = (later.FirstBucket - earlier.LastBucket) * BucketSeconds;
        double fromMain = Math.Max(later.FirstBucket - main.FirstBucket, main.FirstBucket - earlier.FirstBucket) * BucketSeconds;
        int fewest = pause > LongPauseSeconds + BucketSeconds ? FewestPacketsOfLong : FewestPackets;
        return earlier.LastIndex < later.FirstIndex
            && Math.Min(earlier.Count, later.Count) >= Math.Min(fewest, main.Count)
            && pause <= LongestPauseSeconds
            && fromMain <= FurthestSeconds;
    }
}
