using RtpProxy.Relay.Quality;

namespace RtpProxy.Relay.Snapshots;

/// <summary>What is known of a stream's quality, in a snapshot.</summary>
internal static class QualityFields
{
    public static void Pass(ref SnapshotPass pass, ref QualityState state)
    {
        pass.Flag(ref state.HasPacket);
        if (!state.HasPacket)
        {
            state = default;
            return;
        }

        pass.Value(ref state.PayloadType);
        pass.Value(ref state.Ssrc);
        pass.Number(ref state.BufferMilliseconds, min: 0);
        Pass(ref pass, ref state.Fates);
        Pass(ref pass, ref state.Playout);
        pass.Number(ref state.Late);
        pass.Number(ref state.Delta);
        pass.Number(ref state.MaxDelta);
        pass.Number(ref state.OtherPackets);
        Pass(ref pass, ref state.Bursts);
        pass.Moment(ref state.IntervalAt);
        pass.Octet(ref state.IntervalSeconds, StreamQuality.IntervalSeconds);
        pass.Number(ref state.ExpectedBefore);
        pass.Number(ref state.ReceivedBefore);
        pass.Number(ref state.LateBefore);
        pass.Number(ref state.OtherBefore);
        pass.Number(ref state.MissedBefore);
        pass.Number(ref state.RunsBefore);
        pass.Flag(ref state.HasInterval);
        if (state.HasInterval)
        {
            Pass(ref pass, ref state.Last);
        }

        pass.Number(ref state.Scores);
        if (state.Scores > 0)
        {
            pass.Number(ref state.ScoreTotal);
            pass.Number(ref state.RatingTotal);
            pass.Number(ref state.RatingMinimum);
            pass.Number(ref state.ScoreMinimum);
            pass.Moment(ref state.ScoreMinimumAt);
            pass.Number(ref state.ScoreMaximum);
            pass.Moment(ref state.ScoreMaximumAt);
        }
    }

    public static void Pass(ref SnapshotPass pass, ref IntervalPoint point)
    {
        pass.Moment(ref point.At);
        pass.Number(ref point.Milliseconds);
        pass.Number(ref point.Received);
        pass.Number(ref point.Expected);
        pass.Number(ref point.Late);
        pass.Number(ref point.JitterMicroseconds);
        pass.Number(ref point.Score);
    }

    public static void Pass(ref SnapshotPass pass, ref ReportState state)
    {
        foreach (ref ReportState.SenderReport report in (Span<ReportState.SenderReport>)state.Relayed)
        {
            pass.Number(ref report.Id);
            if (report.Id != 0)
            {
                pass.Moment(ref report.At);
            }
        }

        if (state.Relayed[0].Id != 0)
        {
            pass.Value(ref state.RelayedSsrc);
        }

        pass.Octet(ref state.NextRelayed, ReportState.SenderReports.Length - 1);
        pass.Flag(ref state.HasReport);
        if (!state.HasReport)
        {
            return;
        }

        pass.Moment(ref state.ReportAt);
        pass.Octet(ref state.FractionLost);
        pass.Number(ref state.CumulativeLost);
        pass.Number(ref state.Jitter);
        pass.Flag(ref state.HasRoundTrip);
        pass.Duration(ref state.RoundTrip);
    }

    private static void Pass(ref SnapshotPass pass, ref SequenceFates state)
    {
        pass.Number(ref state.First);
        pass.Flag(ref state.HasOlder);
        pass.Word(ref state.Received);
        pass.Word(ref state.Late);
        pass.Word(ref state.OlderReceived);
        pass.Word(ref state.OlderLate);
    }

    private static void Pass(ref SnapshotPass pass, ref PlayoutState state)
    {
        pass.Flags(ref state.HasReference, ref state.HasLast, ref state.HasEarliest, ref state.IsOnTrial);
        pass.Number(ref state.LastSequence);
        pass.Number(ref state.LastTimestamp);
        pass.Number(ref state.Reference);
        pass.Number(ref state.Origin);
        pass.Number(ref state.Skew);
        pass.Number(ref state.MaxSkew);
        pass.Number(ref state.ClockRateHz, min: 0);
        pass.Number(ref state.Earliest);
        pass.Number(ref state.Step);
        pass.Number(ref state.NewStep);
        if (state.IsOnTrial)
        {
            pass.Number(ref state.TrialReference);
            pass.Number(ref state.TrialFirst);
            pass.Number(ref state.TrialAt);
        }
    }

    private static void Pass(ref SnapshotPass pass, ref BurstState state)
    {
        pass.Number(ref state.Played);
        pass.Number(ref state.Missing);
        pass.Number(ref state.C11);
        pass.Number(ref state.C13);
        pass.Number(ref state.C14);
        pass.Number(ref state.C22);
        pass.Number(ref state.C23);
        pass.Number(ref state.C33);
    }
}
