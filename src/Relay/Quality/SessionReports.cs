using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Quality;

/// <summary>Makes reports of live sessions.</summary>
/// <remarks>On the thread of the worker that owns the session, between packets or while an event of the session is told.</remarks>
public static class SessionReports
{
    /// <param name="now">The time of the worker's turn.</param>
    public static SessionReport Of(Session session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Of(session, VerdictJudge.Judge(session, now), now);
    }

    /// <summary>With the verdict of the last second, by which sessions are counted and listed.</summary>
    /// <inheritdoc cref="Of(Session, Instant)"/>
    public static SessionReport AsLastSeen(Session session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Of(session, session.Verdict, now);
    }

    /// <summary>
    /// Of a session that has just ended, with the ports that it had and the verdict of the last look: judged now it would be about
    /// a session without ports, in a call that may have lost its other lines.
    /// </summary>
    public static SessionReport Of(RelayEvent.SessionEnded ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        SessionReport report = AsLastSeen(ended.Session, ended.At);
        return report with
        {
            Caller = AsItWas(report.Caller, ended.CallerPort, ended.Session.Caller),
            Callee = AsItWas(report.Callee, ended.CalleePort, ended.Session.Callee),
        };
    }

    private static SessionReport Of(Session session, Verdict verdict, Instant now) => new()
    {
        Id = session.Id,
        CallId = session.CallId,
        FromTag = session.Tag,
        ToTag = session.AnsweredTag,
        At = now,
        Age = now - session.CreatedAt,
        IsComplete = session.IsComplete || (session.IsSubscribed && session.Callee.Evidence.Said.IsKnown),
        CarriesCopy = session.CarriedFork is not null,
        IsSubscribed = session.IsSubscribed,
        RemainingSeconds = session.IsSubscribed ? RemainingOfCall(session) : session.RemainingSeconds,
        Verdict = verdict,
        Caller = Of(session.Caller, now),
        Callee = Of(session.Callee, now),
        LastCommand = CommandOf(session.Evidence.Last, now),
        EarlierCommand = CommandOf(session.Evidence.Earlier, now),
    };

    /// <summary>A subscriber is there as long as somebody whom it may hear.</summary>
    private static int RemainingOfCall(Session session)
    {
        int seconds = 0;
        for (Session? line = session.PreviousOfCall; line is not null; line = line.PreviousOfCall)
        {
            seconds = line.IsSubscribed ? seconds : Math.Max(seconds, line.RemainingSeconds);
        }

        for (Session? line = session.NextOfCall; line is not null; line = line.NextOfCall)
        {
            seconds = line.IsSubscribed ? seconds : Math.Max(seconds, line.RemainingSeconds);
        }

        return seconds;
    }

    private static LegReport AsItWas(LegReport report, ushort port, Leg leg) =>
        report with { Port = port, SendingTo = port == 0 ? default : leg.Rtp.Remote };

    private static LegReport Of(Leg leg, Instant now)
    {
        RelayStream rtp = leg.Rtp;
        ref readonly LegEvidence evidence = ref leg.Evidence;
        return new LegReport
        {
            Side = leg.Side,
            Local = leg.Local,
            Port = leg.PortNumber,
            Signalled = evidence.Said,
            SignalledBy = evidence.SaidBy,
            SignalledAgo = evidence.Said.IsKnown ? now - evidence.SaidAt : null,
            Place = evidence.Place,
            ExpectedAgo = new PartyState(leg, now).ExpectedFor,
            Learned = rtp.Source,
            LearnedAgo = rtp.Source.IsKnown ? now - rtp.State.SettledAt : null,
            Moves = rtp.Moves,
            SendingTo = rtp.Port == PortId.None ? default : rtp.Remote,
            Sent = leg.Session.Opposite(leg).Rtp.Relayed,
            HeardAgo = evidence.HasSpoken ? now - evidence.SpokeAt : null,
            Relayed = rtp.Relayed,
            Dropped = rtp.DroppedOfParty,
            ControlPackets = leg.Rtcp.Received,
            ControlLearned = leg.Rtcp.Source,
            ReportsAgo = ReportsAgo(leg, now),
            ClaimsToSpeak = evidence.ClaimsAt > evidence.SpokeAt + VerdictTimes.ClaimLag,
            SavesSilence = evidence.SavesSilence,
            Refused = RefusedOf(rtp, now),
            SendFault = FaultOf(rtp, now),
            Look = evidence.OtherRow > 0 ? evidence.Look : evidence.HasSpoken ? MediaLook.Rtp : MediaLook.Unknown,
            OtherRow = evidence.OtherRow,
            Early = evidence.EarlyPackets > 0
                ? new EarlyMedia(evidence.EarlySource, evidence.EarlyPackets, now - evidence.EarlyAt)
                : null,
            CirclingAgo = evidence.IsCircling(now) ? now - evidence.CirclingAt : null,
            Circling = rtp.Dropped(DropReason.Circling),
            IsOnHold = leg.IsOnHold,
            IsHeldByIPv6 = evidence.IsHeldByIPv6,
            HoldCount = leg.HoldCount,
            HearsPrompt = leg.Player is not null,
            IsRecorded = leg.IsRecorded,
            Reception = LegFigures.ReceptionOf(leg),
            Reported = LegFigures.ReportedOf(leg, now),
            History = leg.Quality.History?.ToFigures(leg.Session.CreatedAt) ?? [],
        };
    }

    private static RefusedSource? RefusedOf(RelayStream rtp, Instant now)
    {
        ref readonly Refusals refusals = ref rtp.State.Refusals;
        return refusals.Row == 0 ? null : new RefusedSource(
            refusals.Source, rtp.Ignored, now - refusals.At, DropReason.UnknownSource, refusals.Belief, refusals.AreGoingOn(now));
    }

    private static SendFault? FaultOf(RelayStream rtp, Instant now)
    {
        ref readonly SendFaults faults = ref rtp.State.Faults;
        return faults.IsPresent(rtp.Remote, now) ? new SendFault(faults.To, faults.Outcome, faults.Row, now - faults.Since, faults.IsTold) : null;
    }

    /// <summary>At either port.</summary>
    private static TimeSpan? ReportsAgo(Leg leg, Instant now)
    {
        Instant apart = leg.Rtcp.Received > 0 ? leg.Rtcp.State.LastAt : default;
        Instant last = leg.Evidence.MuxedReportAt > apart ? leg.Evidence.MuxedReportAt : apart;
        return last == default ? null : now - last;
    }

    private static SignallingCommand? CommandOf(in CommandEvidence command, Instant now) => command.By == SignalledBy.Nobody
        ? null
        : new SignallingCommand(command.By, command.Of, now - command.At, command.IsOfSetUp);
}
