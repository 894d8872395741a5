using System.Globalization;
using RtpProxy.Relay;

namespace RtpProxy.Daemon.Logging;

/// <summary>
/// Whether lines on standard error begin with a time, and since when it counts: the environment variables
/// <c>RTPP_LOG_TFORM</c> and <c>RTPP_LOG_TSTART</c> (control protocol, section 10.7).
/// </summary>
/// <param name="Start">The zero point; null for lines without a time.</param>
internal sealed record LogTimeForm(Instant? Start)
{
    private const double NanosecondsPerSecond = 1e9;
    private const double MaxSeconds = long.MaxValue / NanosecondsPerSecond / 2;

    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="programStart">The zero point unless one is named.</param>
    public static LogTimeForm Read(Func<string, string?> variable, Instant programStart)
    {
        if (variable("RTPP_LOG_TFORM") != "rel")
        {
            return new((Instant?)null);
        }

        return double.TryParse(
                variable("RTPP_LOG_TSTART"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds < MaxSeconds
            ? new(new Instant((long)(seconds * NanosecondsPerSecond)))
            : new(programStart);
    }

    /// <summary><c>HH:MM:SS.mmm/</c>, or nothing.</summary>
    public string Prefix(Instant time)
    {
        if (Start is not { } start)
        {
            return "";
        }

        // A zero point in the future shows as zero.
        TimeSpan since = time - start;
        since = since < TimeSpan.Zero ? TimeSpan.Zero : since;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(long)since.TotalHours:00}:{since.Minutes:00}:{since.Seconds:00}.{since.Milliseconds:000}/");
    }
}
