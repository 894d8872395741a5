using System.Globalization;
using RtpProxy.Protocols.Rtpp.Statistics;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary>The quality of a call's two directions as <c>Q</c> tells it (control protocol, section 3.12).</summary>
internal static class QualityTexts
{
    private const string Unknown = "-";

    public static string Of(QualityStatistic statistic, in PartyFigures figures) => statistic switch
    {
        QualityStatistic.ScoreOfCallee => Score(figures.Callee.Score),
        QualityStatistic.ScoreOfCaller => Score(figures.Caller.Score),
        QualityStatistic.LowestScoreOfCallee => Score(figures.Callee.LowestScore),
        QualityStatistic.LowestScoreOfCaller => Score(figures.Caller.LowestScore),
        QualityStatistic.JitterOfCallee => Milliseconds(figures.Callee.JitterMilliseconds),
        QualityStatistic.JitterOfCaller => Milliseconds(figures.Caller.JitterMilliseconds),
        QualityStatistic.LargestJitterOfCallee => Milliseconds(figures.Callee.LargestJitterMilliseconds),
        QualityStatistic.LargestJitterOfCaller => Milliseconds(figures.Caller.LargestJitterMilliseconds),
        QualityStatistic.LateOfCallee => Count(figures.Callee.Late),
        QualityStatistic.LateOfCaller => Count(figures.Caller.Late),
        QualityStatistic.LostOfCallee => Count(figures.Callee.Lost),
        QualityStatistic.LostOfCaller => Count(figures.Caller.Lost),
        QualityStatistic.RoundTripOfCallee => Milliseconds(figures.Callee.RoundTrip?.TotalMilliseconds),
        QualityStatistic.RoundTripOfCaller => Milliseconds(figures.Caller.RoundTrip?.TotalMilliseconds),
        QualityStatistic.SilenceOfCallee => Milliseconds(figures.Callee.Silence?.TotalMilliseconds),
        QualityStatistic.SilenceOfCaller => Milliseconds(figures.Caller.Silence?.TotalMilliseconds),
        QualityStatistic.Verdict => figures.Verdict.Code.Name(),
        _ => throw new System.Diagnostics.UnreachableException($"{statistic} has no text."),
    };

    private static string Count(uint count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Score(double? score) => score?.ToString("F2", CultureInfo.InvariantCulture) ?? Unknown;

    private static string Milliseconds(double? time) => time?.ToString("F1", CultureInfo.InvariantCulture) ?? Unknown;
}
