namespace RtpProxy.Relay;

/// <summary>A reading of the monotonic clock that the host passes in; the core itself reads no clock.</summary>
/// <param name="Nanoseconds">Since an arbitrary zero point, the same for all workers of a process.</param>
public readonly record struct Instant(long Nanoseconds) : IComparable<Instant>
{
    private const long NanosecondsPerTick = 100; // TimeSpan.TicksPerSecond is ten million

    public static TimeSpan operator -(Instant left, Instant right) =>
        new((left.Nanoseconds - right.Nanoseconds) / NanosecondsPerTick);

    public static Instant operator +(Instant left, TimeSpan right) =>
        new(left.Nanoseconds + (right.Ticks * NanosecondsPerTick));

    public static bool operator <(Instant left, Instant right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(Instant left, Instant right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(Instant left, Instant right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(Instant left, Instant right) => left.Nanoseconds >= right.Nanoseconds;

    public static TimeSpan Subtract(Instant left, Instant right) => left - right;

    public static Instant Add(Instant left, TimeSpan right) => left + right;

    public int CompareTo(Instant other) => Nanoseconds.CompareTo(other.Nanoseconds);
}
