using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>Makes figures and scores of what was counted (media rules, section 4.5).</summary>
/// <remarks>On the thread of the worker that owns the leg.</remarks>
internal static class LegFigures
{
    private const double MillisecondsPerSecond = 1000;
    private const double NanosecondsPerMillisecond = 1_000_000;
    private const double ThousandthsOfOne = 1000;
    private const double HundredthsOfOne = 100;

    public static ReceptionFigures ReceptionOf(Leg leg)
    {
        ReceptionStatistics reception = leg.Reception;
        ref readonly QualityState quality = ref leg.Quality.State;
        uint expected = reception.Sent;
        uint lost = expected > reception.Received ? expected - reception.Received : 0;
        BurstState bursts = leg.Quality.DecidedBursts(out uint late);
        bursts.End();
        double missing = StreamQuality.MissingShare(lost, late, expected);
        double burstRatio = StreamQuality.BurstRatio(bursts.Missed, bursts.Runs, missing);
        CodecImpairment? codec = expected > 0 ? leg.Quality.Codec(quality.OtherPackets, reception.Received) : null;
        int rate = quality.Playout.ClockRateHz;
        JitterSummary? jitter = rate > 0 ? reception.Jitter : null;
        double? packet = quality.Playout.PacketMilliseconds;
        ReceptionFigures figures = new()
        {
            Packets = leg.Rtp.Received,
            Bytes = leg.Rtp.ReceivedBytes,
            Expected = expected,
            Lost = lost,
            Duplicates = reception.Duplicates,
            Late = late,
            NotRtp = reception.ParseErrors,
            LossRate = expected > 0 ? Math.Min(1, (double)lost / expected) : 0,
            DiscardRate = expected > 0 ? Math.Min(1, (double)late / expected) : 0,
            BurstDensity = bursts.BurstDensity,
            BurstDuration = TimeSpan.FromMilliseconds(bursts.BurstPackets * (packet ?? 0)),
            GapDensity = bursts.GapDensity,
            GapDuration = TimeSpan.FromMilliseconds(bursts.GapPackets * (packet ?? 0)),
            MeanLossRun = bursts.MeanRun,
            BurstRatio = burstRatio,
            JitterLastMilliseconds = jitter?.Last * MillisecondsPerSecond / rate,
            JitterMeanMilliseconds = jitter?.Average * MillisecondsPerSecond / rate,
            JitterMaximumMilliseconds = jitter?.Maximum * MillisecondsPerSecond / rate,
            PayloadType = rate > 0 ? quality.PayloadType : reception.LastPayloadType,
            ClockRateHz = rate,
            PacketMilliseconds = packet,
            Ssrc = reception.LastSsrc,
            SsrcChanges = reception.SsrcChanges,
            LastSequence = reception.LastSequence,
            LastTimestamp = reception.LastTimestamp,
            OutOfOrder = reception.OutOfOrder,
            DeltaMilliseconds = expected > 1 ? quality.Delta / NanosecondsPerMillisecond : null,
            DeltaMaximumMilliseconds = expected > 1 ? quality.MaxDelta / NanosecondsPerMillisecond : null,
            SkewMilliseconds = rate > 0 ? quality.Playout.Skew * MillisecondsPerSecond / rate : null,
            SkewMaximumMilliseconds = rate > 0 ? quality.Playout.MaxSkew * MillisecondsPerSecond / rate : null,
            LastInterval = quality.HasInterval ? quality.Last.ToFigures(leg.Session.CreatedAt) : null,
        };
        return WithScores(figures, leg, codec, missing, burstRatio);
    }

    public static ReportedFigures? ReportedOf(Leg leg, Instant now) =>
        leg.Reports.ToFigures(leg.Session.Opposite(leg).Quality.State.Playout.ClockRateHz, now);

    /// <summary>Of the last interval; 0 while there is none.</summary>
    public static double LastLossRate(Leg leg)
    {
        IntervalPoint last = leg.Quality.State.Last;
        return last.Expected > 0 ? (double)last.Lost / last.Expected : 0;
    }

    /// <summary>MOS-LQ of the last interval; not a number where there is none.</summary>
    public static double LastScore(Leg leg) =>
        leg.Quality.State.Last.Score is > 0 and var score ? score / ThousandthsOfOne : double.NaN;

    private static ReceptionFigures WithScores(
        ReceptionFigures figures, Leg leg, CodecImpairment? codec, double missing, double burstRatio)
    {
        ref readonly QualityState quality = ref leg.Quality.State;
        if (codec is { } known)
        {
            double rating = EModel.Rating(known, missing, burstRatio);
            figures = figures with
            {
                Rating = rating,
                Score = EModel.Score(rating),
                ConversationalScore = leg.Reports.RoundTrip is { } roundTrip
                    ? EModel.Score(EModel.Rating(known, missing, burstRatio, Delay(roundTrip, quality)))
                    : null,
            };
        }

        return quality.Scores == 0 ? figures : figures with
        {
            RatingMean = quality.RatingTotal / HundredthsOfOne / quality.Scores,
            RatingMinimum = quality.RatingMinimum / HundredthsOfOne,
            ScoreMean = quality.ScoreTotal / ThousandthsOfOne / quality.Scores,
            ScoreMinimum = quality.ScoreMinimum / ThousandthsOfOne,
            ScoreMinimumAt = quality.ScoreMinimumAt - leg.Session.CreatedAt,
            ScoreMaximum = quality.ScoreMaximum / ThousandthsOfOne,
            ScoreMaximumAt = quality.ScoreMaximumAt - leg.Session.CreatedAt,
        };
    }

    /// <summary>From the party's mouth to an ear beside us: half the way there and back, the de-jitter buffer, and a packet.</summary>
    private static TimeSpan Delay(TimeSpan roundTrip, in QualityState quality) =>
        (roundTrip / 2) + TimeSpan.FromMilliseconds(quality.BufferMilliseconds + (quality.Playout.PacketMilliseconds ?? 0));
}
