using RtpProxy.Io.Net;
using RtpProxy.Relay;

namespace RtpProxy.Hosting.Admin;

/// <summary>
/// Tells moments of the relay's clock as dates. The same moment is always told as the same date, to the millisecond, until the
/// system's clock is set by more than a twentieth of a second.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WallClock
{
    private const long NanosecondsPerMicrosecond = 1_000;
    private const long MicrosecondsPerMillisecond = 1_000;
    private const long MaxDeviation = 50_000; // microseconds

    private const int MaxReadings = 8;
    private const long CloseEnough = 100_000; // nanoseconds

    private long _zero = ZeroNow(); // microseconds since 1970 at which the monotonic clock stood at 0

    /// <param name="moment">By <see cref="MonotonicClock"/>.</param>
    public DateTimeOffset At(Instant moment)
    {
        return DateTimeOffset.FromUnixTimeMilliseconds(Microseconds(moment) / MicrosecondsPerMillisecond);
    }

    /// <summary>The same in microseconds since the UNIX epoch.</summary>
    public long Microseconds(Instant moment) => Zero() + (moment.Nanoseconds / NanosecondsPerMicrosecond);

    /// <summary>So long before a moment.</summary>
    public DateTimeOffset At(Instant moment, TimeSpan before) => At(moment + -before);

    private long Zero()
    {
        long now = ZeroNow();
        if (Math.Abs(now - Volatile.Read(ref _zero)) > MaxDeviation)
        {
            Volatile.Write(ref _zero, now);
        }

        return Volatile.Read(ref _zero);
    }

    // Who is kept from the processor between the readings of two clocks has two moments for one: then once more.
    private static long ZeroNow()
    {
        long zero = 0;
        long closest = long.MaxValue;
        for (int i = 0; i < MaxReadings && closest > CloseEnough; i++)
        {
            long before = MonotonicClock.Now.Nanoseconds;
            long wall = MonotonicClock.WallMicroseconds;
            long between = MonotonicClock.Now.Nanoseconds - before;
            if (between < closest)
            {
                closest = between;
                zero = wall - ((before + (between / 2)) / NanosecondsPerMicrosecond);
            }
        }

        return zero;
    }
}
