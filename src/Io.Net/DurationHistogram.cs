namespace RtpProxy.Io.Net;

/// <summary>Counts durations by size, from a tenth of a millisecond to a second.</summary>
/// <remarks>Thread-safe without locks: any thread adds, and any reads, as a hint. Adding allocates nothing.</remarks>
public sealed class DurationHistogram
{
    private const double NanosecondsPerSecond = 1e9;

    private static readonly long[] UpTo =
    [
        100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000,
        500_000_000, 1_000_000_000,
    ];

    private readonly long[] _counts = new long[UpTo.Length + 1];
    private readonly long[] _sums = new long[UpTo.Length + 1]; // nanoseconds

    /// <summary>Upper bounds in seconds, inclusive, rising.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [.. UpTo.Select(bound => bound / NanosecondsPerSecond)];

    /// <summary>How many up to each bound and above the one before; the last is what is above all.</summary>
    public IReadOnlyList<ulong> Counts => [.. Enumerable.Range(0, _counts.Length).Select(i => (ulong)Interlocked.Read(ref _counts[i]))];

    /// <summary>Their sums in seconds.</summary>
    public IReadOnlyList<double> Sums =>
        [.. Enumerable.Range(0, _sums.Length).Select(i => Interlocked.Read(ref _sums[i]) / NanosecondsPerSecond)];

    /// <param name="nanoseconds">Of the duration; less than 0 counts as 0.</param>
    public void Add(long nanoseconds)
    {
        int at = 0;
        while (at < UpTo.Length && nanoseconds > UpTo[at])
        {
            at++;
        }

        Interlocked.Increment(ref _counts[at]);
        Interlocked.Add(ref _sums[at], Math.Max(0, nanoseconds));
    }
}
