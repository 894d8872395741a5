namespace RtpProxy.Hosting.Admin;

/// <summary>Numbers as people want them: digits that nobody measured would only make lines longer.</summary>
internal static class Rounding
{
    private const int RateDigits = 6;
    private const int ScoreDigits = 3;
    private const int MilliDigits = 3; // seconds to milliseconds, milliseconds to microseconds

    /// <summary>A share, 0 to 1.</summary>
    public static double Rate(double value) => Finite(value, RateDigits);

    /// <inheritdoc cref="Rate(double)"/>
    public static double? Rate(double? value) => value is { } known ? Rate(known) : null;

    /// <summary>A mean opinion score, a rating.</summary>
    public static double? Score(double? value) => value is { } known ? Finite(known, ScoreDigits) : null;

    public static double? Milliseconds(double? value) => value is { } known ? Finite(known, MilliDigits) : null;

    public static double Milliseconds(TimeSpan value) => Finite(value.TotalMilliseconds, MilliDigits);

    public static double Seconds(TimeSpan value) => Finite(value.TotalSeconds, MilliDigits);

    public static double? Seconds(TimeSpan? value) => value is { } known ? Seconds(known) : null;

    // JSON has no word for what is no number.
    private static double Finite(double value, int digits) => double.IsFinite(value) ? Math.Round(value, digits) : 0;
}
