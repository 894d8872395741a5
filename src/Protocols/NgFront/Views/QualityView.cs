using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Protocols.NgFront.Views;

/// <summary>
/// How a stream fares as we measure it, in the places where the original has what a party's RTCP reports (ng protocol).
/// </summary>
internal static class QualityView
{
    private const int MaxEntries = 10;
    private const double PercentOfOne = 100;

    /// <param name="createdAt">Of the call, microseconds since the UNIX epoch.</param>
    /// <returns>Null while there is no score.</returns>
    public static QualityFigures? Of(LegReport leg, long createdAt)
    {
        ReceptionFigures figures = leg.Reception;
        if ((figures.ScoreMean ?? figures.Score) is not { } score)
        {
            return null;
        }

        var average = new QualitySample(
            score, Milliseconds(figures.JitterMeanMilliseconds), figures.LossRate * PercentOfOne, default, default, default);
        IntervalFigures[] scored = [.. leg.History.Where(interval => interval.Score is not null)];
        QualitySample[] samples = [.. scored.Select(interval => Of(interval, createdAt))];
        QualitySample alone = average with { ReportedAt = CallView.Date(createdAt) };
        return new QualityFigures(
            average,
            samples.Length == 0 ? alone : samples.MinBy(sample => sample.Mos),
            samples.Length == 0 ? alone : samples.MaxBy(sample => sample.Mos),
            Math.Max(1, samples.Length),
            scored.Length == 0 ? default : scored[0].Length,
            [.. Thinned(samples)]);
    }

    /// <summary>What the party reports of what it hears, which is the other direction.</summary>
    public static QualityFigures? Reported(LegReport leg, long createdAt)
    {
        if (leg.Reported is not { RoundTrip: { } roundTrip } reported || leg.Reception.ConversationalScore is not { } score)
        {
            return null;
        }

        var sample = new QualitySample(
            score,
            Milliseconds(reported.JitterMilliseconds),
            reported.LossRate * PercentOfOne,
            roundTrip,
            roundTrip,
            CallView.Date(createdAt));
        return new QualityFigures(sample, sample, sample, 1, default, []);
    }

    private static QualitySample Of(IntervalFigures interval, long createdAt) => new(
        interval.Score!.Value,
        Milliseconds(interval.JitterMilliseconds),
        interval.Expected == 0 ? 0 : interval.Lost * PercentOfOne / interval.Expected,
        default,
        default,
        CallView.Date(createdAt) + interval.At + interval.Length);

    private static IEnumerable<QualitySample> Thinned(QualitySample[] samples)
    {
        int step = Math.Max(1, (samples.Length + MaxEntries - 1) / MaxEntries);
        return samples.Where((_, index) => index % step == 0);
    }

    private static TimeSpan Milliseconds(double? value) => TimeSpan.FromMilliseconds(value ?? 0);
}
