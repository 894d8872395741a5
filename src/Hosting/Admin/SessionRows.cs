using RtpProxy.Admin;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;

namespace RtpProxy.Hosting.Admin;

/// <summary>Makes rows of a list of reports.</summary>
internal sealed class SessionRows(WallClock clock)
{
    public SessionRow Of(SessionReport report) => new()
    {
        CallId = report.CallId,
        FromTag = report.FromTag,
        ToTag = report.ToTag,
        SetUpAt = clock.At(report.At, report.Age),
        AgeSeconds = Rounding.Seconds(report.Age),
        Verdict = report.Verdict.Code.Name(),
        Trouble = report.Verdict.IsTrouble,
        Party = PartyNames.NameOf(report.Verdict.Party),
        Sentence = VerdictSentences.Of(report),
        Caller = Of(report.Caller),
        Callee = Of(report.Callee),
    };

    private static PartyRow Of(LegReport leg)
    {
        ReceptionFigures figures = leg.Reception;
        IntervalFigures? last = figures.LastInterval;
        return new PartyRow
        {
            Address = PartyNames.NameOf(leg.Learned) ?? PartyNames.NameOf(leg.Signalled),
            Packets = figures.Packets,
            SilentSeconds = Rounding.Seconds(leg.HeardAgo),
            Codec = PartyNames.NameOf(figures.PayloadType),
            LossRate = Rounding.Rate(LossOf(last)),
            JitterMilliseconds = Rounding.Milliseconds(last is { } known ? known.JitterMilliseconds : figures.JitterLastMilliseconds),
            Score = Rounding.Score(last?.Score ?? figures.Score),
        };
    }

    private static double? LossOf(IntervalFigures? interval) =>
        interval is { Expected: > 0 } known ? (double)known.Lost / known.Expected : null;
}
