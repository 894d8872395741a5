namespace RtpProxy.Admin;

/// <summary>Values counted by size.</summary>
/// <param name="Bounds">Upper bounds, inclusive, rising.</param>
/// <param name="Counts">One more than bounds: values up to each bound and above the one before; the last is what is above all.</param>
/// <param name="Sums">Of the values in each.</param>
public sealed record Histogram(IReadOnlyList<double> Bounds, IReadOnlyList<ulong> Counts, IReadOnlyList<double> Sums);
