using System.Globalization;

namespace RtpProxy.Load;

/// <summary>What calls noticed of one event.</summary>
/// <param name="Waits">The longest that a packet of each direction of each call waited from its sending to its arrival, in order, in nanoseconds.</param>
/// <param name="Gaps">The longest time between two packets of each, in order, in nanoseconds.</param>
/// <param name="After">What else is otherwise than before.</param>
internal sealed record ContinuityFigures(
    string Event, int CallsLost, long PacketsLost, long Doubled, long[] Waits, long[] Gaps, string After)
{
    public const string Heading =
        "event    calls lost packets lost doubled | wait: median      p99  longest | gap: median      p99  longest | ports and statistics";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Event,-8} {CallsLost,10} {PacketsLost,12} {Doubled,7} |   {Row(Waits)} |  {Row(Gaps)} | {After}");

    private static string Row(long[] sorted) => string.Create(
        CultureInfo.InvariantCulture, $"{At(sorted, 0.5),8:0.0} {At(sorted, 0.99),8:0.0} {At(sorted, 1),8:0.0} ms");

    private static double At(long[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))] / 1e6;
}
