using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;

namespace RtpProxy.Io.Net;

/// <summary>
/// The two clocks of the daemon: CLOCK_BOOTTIME, which never jumps and goes on while the machine sleeps, and the wall
/// clock. Thread-safe; a reading costs some ten nanoseconds and allocates nothing.
/// </summary>
public static unsafe class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1_000;
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>As the option <c>-C</c> names it.</summary>
    public const string Name = "CLOCK_BOOTTIME";

    public static Instant Now
    {
        get
        {
            LibC.timespec time = Read(LibC.CLOCK_BOOTTIME);
            return new Instant((time.tv_sec * NanosecondsPerSecond) + time.tv_nsec);
        }
    }

    /// <summary>Microseconds since the UNIX epoch.</summary>
    public static long WallMicroseconds
    {
        get
        {
            LibC.timespec time = Read(LibC.CLOCK_REALTIME);
            return (time.tv_sec * MicrosecondsPerSecond) + (time.tv_nsec / NanosecondsPerMicrosecond);
        }
    }

    /// <summary>An arrival on both clocks, without details.</summary>
    public static Arrival Arrival => new(Now, WallMicroseconds);

    private static LibC.timespec Read(int clock)
    {
        LibC.timespec time;
        _ = LibC.clock_gettime(clock, &time);
        return time;
    }
}
