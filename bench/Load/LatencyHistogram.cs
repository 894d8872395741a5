namespace RtpProxy.Load;

/// <summary>Delays in buckets of ten microseconds up to a second; the rest in the last bucket.</summary>
internal sealed class LatencyHistogram
{
    private const long BucketNanoseconds = 10_000;
    private readonly long[] _buckets = new long[100_000];
    private long _count;

    public void Add(long nanoseconds)
    {
        long bucket = Math.Clamp(nanoseconds / BucketNanoseconds, 0, _buckets.Length - 1);
        _buckets[bucket]++;
        _count++;
    }

    /// <summary>The delay in milliseconds that a share of all packets did not exceed.</summary>
    public double Percentile(double share)
    {
        long wanted = (long)Math.Ceiling(_count * share);
        long seen = 0;
        for (int i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted && wanted > 0)
            {
                return (i + 1) * BucketNanoseconds / 1e6;
            }
        }

        return double.NaN;
    }
}
