using System.Globalization;

namespace RtpProxy.Controller;

/// <summary>The times that options may hold: those that a timer of the base library can wait for.</summary>
internal static class Durations
{
    /// <summary>A timer counts milliseconds in 32 bits, which is 49.7 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero, or too long.</exception>
    public static TimeSpan Positive(TimeSpan value) =>
        value > TimeSpan.Zero && value <= Longest ? value : throw Unfit(value, "a time above zero");

    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or too long.</exception>
    public static TimeSpan NotNegative(TimeSpan value) =>
        value >= TimeSpan.Zero && value <= Longest ? value : throw Unfit(value, "a time of 0 or more");

    /// <summary>Any negative time stands for one that never ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is too long.</exception>
    public static TimeSpan OrForEver(TimeSpan value) => value <= Longest ? value : throw Unfit(value, "a negative time, for ever, or one");

    private static ArgumentOutOfRangeException Unfit(TimeSpan value, string expected) => new(
        nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"expected {expected}, and of at most {Longest.TotalDays} days"));
}
