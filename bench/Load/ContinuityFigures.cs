using System.Globalization;

namespace RtpProxy.Load;

/// <summary>What calls noticed of one event.</summary>
/// <param name="Gaps">The longest time without a packet of each direction of each call, in order.</param>
/// <param name="After">What else is otherwise than before.</param>
internal sealed record ContinuityFigures(string Event, int CallsLost, long PacketsLost, long Doubled, TimeSpan[] Gaps, string After)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Event,-8} {CallsLost,10} {PacketsLost,12} {Doubled,8} {Text(0.5),11} {Text(0.99),8} {Text(1),8}  {After}");

    private string Text(double share) => string.Create(
        CultureInfo.InvariantCulture, $"{Gaps[(int)(share * (Gaps.Length - 1))].TotalMilliseconds:0.0} ms");
}
