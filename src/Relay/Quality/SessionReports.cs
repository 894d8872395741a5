using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>Makes reports of live sessions.</summary>
/// <remarks>On the thread of the worker that owns the session, between packets or while an event of the session is told.</remarks>
public static class SessionReports
{
    /// <param name="now">The time of the worker's turn.</param>
    public static SessionReport Of(Session session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new SessionReport
        {
            Id = session.Id,
            CallId = session.CallId,
            FromTag = session.Tag,
            ToTag = session.AnsweredTag,
            At = now,
            Age = now - session.CreatedAt,
            IsComplete = session.IsComplete,
            RemainingSeconds = session.RemainingSeconds,
            Verdict = VerdictJudge.Judge(session, now),
            Caller = Of(session.Caller, now),
            Callee = Of(session.Callee, now),
        };
    }

    /// <summary>Of a session that has just ended, with the ports that it had.</summary>
    public static SessionReport Of(RelayEvent.SessionEnded ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        SessionReport report = Of(ended.Session, ended.At);
        return report with
        {
            Caller = report.Caller with { Port = ended.CallerPort },
            Callee = report.Callee with { Port = ended.CalleePort },
        };
    }

    private static LegReport Of(Leg leg, Instant now)
    {
        RelayStream rtp = leg.Rtp;
        return new LegReport
        {
            Side = leg.Side,
            Local = leg.Local,
            Port = leg.PortNumber,
            Signalled = leg.RtpLatch.Signalled,
            Learned = rtp.Source,
            Moves = rtp.Moves,
            SendingTo = rtp.Port == PortId.None ? default : rtp.Remote,
            Sent = leg.Session.Opposite(leg).Rtp.Relayed,
            HeardAgo = rtp.Received > 0 ? now - rtp.State.LastAt : null,
            Relayed = rtp.Relayed,
            Dropped = rtp.DroppedOfParty,
            ControlPackets = leg.Rtcp.Received,
            ControlLearned = leg.Rtcp.Source,
            IsOnHold = leg.IsOnHold,
            HoldCount = leg.HoldCount,
            HearsPrompt = leg.Player is not null,
            IsRecorded = leg.IsRecorded,
            Reception = FiguresOf(leg),
        };
    }

    private static ReceptionFigures FiguresOf(Leg leg)
    {
        ReceptionStatistics reception = leg.Reception;
        int rate = reception.LastPayloadType?.ClockRateHz ?? 0;
        JitterSummary? jitter = rate > 0 ? reception.Jitter : null;
        return new ReceptionFigures
        {
            Packets = leg.Rtp.Received,
            Expected = reception.Sent,
            Lost = reception.Lost,
            Duplicates = reception.Duplicates,
            NotRtp = reception.ParseErrors,
            LossRate = reception.Sent > 0 ? (double)reception.Lost / reception.Sent : 0,
            JitterLastMilliseconds = jitter?.Last * 1000 / rate,
            JitterMeanMilliseconds = jitter?.Average * 1000 / rate,
            JitterMaximumMilliseconds = jitter?.Maximum * 1000 / rate,
            PayloadType = reception.LastPayloadType,
            ClockRateHz = rate,
            Ssrc = reception.LastSsrc,
            SsrcChanges = reception.SsrcChanges,
        };
    }
}
