using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Statistics;

/// <summary>The numbers of a <see cref="QualityHistogram"/>. Plain data.</summary>
internal struct HistogramState
{
    public Buckets Counts;

    public BucketSums Sums;

    public void Add(in HistogramState other)
    {
        for (int i = 0; i < Buckets.Length; i++)
        {
            Counts[i] += other.Counts[i];
            Sums[i] += other.Sums[i];
        }
    }

    /// <summary>How often values were above the bound before and up to that of the bucket; the last one has no bound.</summary>
    [InlineArray(Length)]
    public struct Buckets
    {
        /// <summary>All have as many.</summary>
        public const int Length = 10;

        private ulong _first;
    }

    /// <summary>Of the values in each.</summary>
    [InlineArray(Buckets.Length)]
    public struct BucketSums
    {
        private double _first;
    }
}
