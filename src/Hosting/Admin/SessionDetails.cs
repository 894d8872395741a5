using RtpProxy.Admin;
using RtpProxy.Relay;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;

namespace RtpProxy.Hosting.Admin;

/// <summary>Makes a report a session in full.</summary>
internal sealed class SessionDetails(WallClock clock)
{
    public SessionDetail Of(SessionReport report) => new()
    {
        CallId = report.CallId,
        FromTag = report.FromTag,
        ToTag = report.ToTag,
        SetUpAt = clock.At(report.At, report.Age),
        AgeSeconds = Rounding.Seconds(report.Age),
        Complete = report.IsComplete,
        RemainingSeconds = report.RemainingSeconds,
        Verdict = report.Verdict.Code.Name(),
        Trouble = report.Verdict.IsTrouble,
        Party = PartyNames.NameOf(report.Verdict.Party),
        Sentence = VerdictSentences.Of(report),
        Caller = Of(report, report.Caller),
        Callee = Of(report, report.Callee),
    };

    private PartyDetail Of(SessionReport report, LegReport leg) => new()
    {
        Local = leg.Local.Address.ToString(),
        Advertised = leg.Local.Advertised,
        Port = leg.Port,
        Signalled = PartyNames.NameOf(leg.Signalled),
        SignalledBy = PartyNames.NameOf(leg.SignalledBy),
        SignalledAt = At(report.At, leg.SignalledAgo),
        Learned = PartyNames.NameOf(leg.Learned),
        LearnedAt = At(report.At, leg.LearnedAgo),
        Moves = leg.Moves,
        SendingTo = PartyNames.NameOf(leg.SendingTo),
        Sent = leg.Sent,
        SilentSeconds = Rounding.Seconds(leg.HeardAgo),
        Relayed = leg.Relayed,
        Dropped = leg.Dropped,
        ControlPackets = leg.ControlPackets,
        ControlLearned = PartyNames.NameOf(leg.ControlLearned),
        Early = leg.Early is { } early ? new EarlyDetail(early.Source.ToString(), early.Count, clock.At(report.At, early.Ago)) : null,
        Refused = leg.Refused is { } refused
            ? new RefusedDetail(refused.Source.ToString(), refused.Count, clock.At(report.At, refused.Ago), refused.Reason.ToString())
            : null,
        SendFault = leg.SendFault is { } fault
            ? new SendFaultDetail(fault.To.ToString(), fault.Outcome.ToString(), fault.Count, clock.At(report.At, fault.Since))
            : null,
        Look = PartyNames.NameOf(leg.Look, isAllRtp: leg.Reception.NotRtp == 0),
        OnHold = leg.IsOnHold,
        HearsPrompt = leg.HearsPrompt,
        Recorded = leg.IsRecorded,
        Sentence = VerdictSentences.Of(report, leg.Side),
        Figures = FiguresOf(leg.Reception),
        Reported = leg.Reported is { } reported ? Of(report.At, reported) : null,
        History = [.. leg.History.Select(Of)],
    };

    private ReportedDetail Of(Instant at, ReportedFigures reported) => new(
        reported.RoundTrip is { } time ? Rounding.Milliseconds(time) : null,
        Rounding.Rate(reported.LossRate),
        reported.CumulativeLost,
        Rounding.Milliseconds(reported.JitterMilliseconds),
        clock.At(at, reported.Ago));

    private DateTimeOffset? At(Instant at, TimeSpan? ago) => ago is { } known ? clock.At(at, known) : null;

    private static StreamFigures FiguresOf(ReceptionFigures figures) => new()
    {
        Packets = figures.Packets,
        Bytes = figures.Bytes,
        Expected = figures.Expected,
        Lost = figures.Lost,
        Duplicates = figures.Duplicates,
        Late = figures.Late,
        NotRtp = figures.NotRtp,
        LossRate = Rounding.Rate(figures.LossRate),
        DiscardRate = Rounding.Rate(figures.DiscardRate),
        BurstDensity = Rounding.Rate(figures.BurstDensity),
        BurstMilliseconds = Rounding.Milliseconds(figures.BurstDuration),
        GapDensity = Rounding.Rate(figures.GapDensity),
        GapMilliseconds = Rounding.Milliseconds(figures.GapDuration),
        MeanLossRun = Rounding.Rate(figures.MeanLossRun),
        BurstRatio = Rounding.Rate(figures.BurstRatio),
        JitterLast = Rounding.Milliseconds(figures.JitterLastMilliseconds),
        JitterMean = Rounding.Milliseconds(figures.JitterMeanMilliseconds),
        JitterMaximum = Rounding.Milliseconds(figures.JitterMaximumMilliseconds),
        PayloadType = figures.PayloadType?.Value,
        Codec = PartyNames.NameOf(figures.PayloadType),
        ClockRate = figures.ClockRateHz > 0 ? figures.ClockRateHz : null,
        PacketMilliseconds = Rounding.Milliseconds(figures.PacketMilliseconds),
        Ssrc = figures.Ssrc?.Value,
        SsrcChanges = figures.SsrcChanges,
        Rating = Rounding.Score(figures.Rating),
        Score = Rounding.Score(figures.Score),
        ConversationalScore = Rounding.Score(figures.ConversationalScore),
        ScoreMean = Rounding.Score(figures.ScoreMean),
        ScoreMinimum = Rounding.Score(figures.ScoreMinimum),
        ScoreMinimumAt = Rounding.Seconds(figures.ScoreMinimumAt),
        ScoreMaximum = Rounding.Score(figures.ScoreMaximum),
        ScoreMaximumAt = Rounding.Seconds(figures.ScoreMaximumAt),
        LastInterval = figures.LastInterval is { } last ? Of(last) : null,
    };

    private static IntervalPoint Of(IntervalFigures interval) => new(
        Rounding.Seconds(interval.At),
        Rounding.Seconds(interval.Length),
        interval.Received,
        interval.Lost,
        interval.Late,
        Rounding.Milliseconds(interval.JitterMilliseconds),
        Rounding.Score(interval.Score));
}
