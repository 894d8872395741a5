using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Sessions;

/// <summary>Birth and death of sessions.</summary>
/// <remarks>Owned by one worker.</remarks>
/// <param name="index">Of the worker.</param>
internal sealed class SessionLife(
    int index,
    RelayOptions options,
    SessionTable sessions,
    CallTable calls,
    PendingWork pending,
    OpenPorts ports,
    Players players,
    Diallers diallers,
    Resizers resizers,
    Recorders recorders,
    DigitListener digits,
    QualityWatch quality,
    Forks forks,
    RelayStatistics statistics,
    IEventSink events)
{
    /// <summary>Of the session created last.</summary>
    public long LastSerial { get; set; }

    /// <summary>
    /// Makes a session and opens its first port pair, the one that faces the callee. Null, and nothing is left behind,
    /// when no pair can be had.
    /// </summary>
    public Session? TryCreate(
        string callId, string tag, bool weak, LocalAddress towardCaller, LocalAddress towardCallee, Instant now)
    {
        events.On(new RelayEvent.SessionRequested(callId, tag, weak, towardCaller, towardCallee));
        InactivityTimer timer = NewTimer();
        InactivityTimer calleeTimer = options.IndependentTimeouts ? NewTimer() : timer;
        var session = new Session(
            new SessionId(index, ++LastSerial), callId, tag, towardCaller, towardCallee, timer, calleeTimer, now)
        {
            IsFirstMedia = !sessions.HasMediaOf(callId, tag),
        };
        if (!ports.TryOpen(session.Callee))
        {
            return null;
        }

        Begin(session);
        return session;
    }

    /// <summary>Makes a media line of a call, with ports that were reserved for it.</summary>
    /// <param name="callerPorts">Null where the caller's are those of another branch, or where nobody is to send.</param>
    public Session CreateLine(
        Call call,
        in LinePlace place,
        string tag,
        LocalAddress towardCaller,
        LocalAddress towardCallee,
        in PortPair? callerPorts,
        in PortPair? calleePorts,
        Instant now)
    {
        events.On(new RelayEvent.SessionRequested(call.CallId, tag, IsWeak: false, towardCaller, towardCallee));
        InactivityTimer timer = NewTimer(call); // one, whatever -i says: no line ends for itself
        var session = new Session(
            new SessionId(index, ++LastSerial), call.CallId, tag, towardCaller, towardCallee, timer, timer, now)
        {
            IsFirstMedia = !sessions.HasMediaOf(call.CallId, tag),
            IsStrong = true,
        };
        CallTable.Attach(call, session, place, call.Facts);
        if (calleePorts is { } ofCallee)
        {
            ports.Give(session.Callee, ofCallee);
        }

        if (callerPorts is { } ofCaller)
        {
            ports.Give(session.Caller, ofCaller);
        }

        Begin(session);
        return session;
    }

    /// <summary>Goes on with a session, but for its forks. False, and nothing of it is left, when it cannot be.</summary>
    /// <param name="session">As it was, but for what it has of the world (<see cref="SessionSnapshot.ToSession"/>).</param>
    public bool TryResume(Session session, SessionSnapshot snapshot, int slot, IInheritance inheritance)
    {
        if (snapshot.Id.Worker != index || snapshot is { Caller.Port: 0, Callee.Port: 0 } || sessions.Find(snapshot.Id) is not null)
        {
            return false;
        }

        if (!ports.TryTake(session.Caller, snapshot.Caller.Port, inheritance)
            || !ports.TryTake(session.Callee, snapshot.Callee.Port, inheritance))
        {
            ports.Close(session.Caller);
            ports.Close(session.Callee);
            return false;
        }

        if (snapshot.Call is { } facts)
        {
            calls.Resume(session, facts, snapshot.Line);
        }

        session.NoticeTarget = snapshot.NoticeTarget is { } name ? inheritance.FindNoticeTarget(name) : null;
        ResumeMedia(session.Caller, snapshot.Caller, inheritance);
        ResumeMedia(session.Callee, snapshot.Callee, inheritance);
        sessions.Add(session);
        session.LastTick = snapshot.LastTick;
        session.Slot = slot;
        LastSerial = Math.Max(LastSerial, session.Id.Serial);
        return true;
    }

    /// <summary>The session becomes complete: once, when its second leg first gets a port.</summary>
    public void Complete(Session session, Instant now)
    {
        if (session.IsComplete)
        {
            return;
        }

        sessions.SetComplete(session, now);
        statistics.Count(RelayCounter.SessionsComplete);
    }

    /// <summary>Ends a session: ports are free and counters final when this returns.</summary>
    public void End(Session session, SessionEnd reason, Instant now)
    {
        sessions.Remove(session);
        session.IsEnded = true;
        forks.End(session);
        forks.EndAllOf(session);
        pending.ForgetForkPlaces(session.Id);
        EndMedia(session.Caller);
        EndMedia(session.Callee);
        ushort callerPort = session.Caller.PortNumber;
        ushort calleePort = session.Callee.PortNumber;
        ports.Close(session.Caller);
        ports.Close(session.Callee);
        quality.OnEnd(session, now);
        CountEnd(session, reason, now);
        IReadOnlyList<Session> alone = calls.OnEnded(session);
        events.On(new RelayEvent.SessionEnded(session, now, reason, callerPort, calleePort));
        foreach (Session subscribed in alone)
        {
            End(subscribed, reason, now);
        }
    }

    /// <summary>A command ends the session.</summary>
    public void Delete(Session session, Instant now)
    {
        events.On(new RelayEvent.SessionDeleting(session));
        End(session, SessionEnd.Deleted, now);
    }

    /// <summary>Nothing was heard of the session for too long.</summary>
    public void TimeOut(Session session, Instant now)
    {
        events.On(new RelayEvent.SessionTimedOut(session));
        statistics.Count(RelayCounter.SessionsTimedOut);
        if (!session.IsComplete)
        {
            statistics.Count(RelayCounter.SessionsTimedOutUnanswered);
        }
        else if (IsHeld(session))
        {
            statistics.Count(RelayCounter.SessionsTimedOutOnHold);
        }

        End(session, SessionEnd.TimedOut, now);
    }

    /// <summary>Whatever is done with a party's media, or for it, ends with the session.</summary>
    private void EndMedia(Leg leg)
    {
        players.OnSessionEnding(leg);
        Diallers.Stop(leg);
        resizers.Stop(leg);
        recorders.Stop(leg);
    }

    private void ResumeMedia(Leg leg, LegSnapshot snapshot, IInheritance inheritance)
    {
        // The commands of a process that has ended bring nothing back, and those of the next one are counted anew.
        leg.LastPlay = leg.LastPlay is { } play && play.Value <= pending.Last.Value ? play : null;
        leg.PendingRecording = leg.PendingRecording is { } opening && pending.IsUnderWay(opening) ? opening : null;
        ports.ResumeDestinations(leg, snapshot);
        players.Resume(leg, snapshot, inheritance);
        resizers.Resume(leg, snapshot.Resizing);
        diallers.Resume(leg, snapshot);
        recorders.Resume(leg, snapshot, inheritance);
        snapshot.Digits.Fill(leg, inheritance);
        digits.Attach(leg);
    }

    private void Begin(Session session)
    {
        digits.Attach(session.Caller);
        digits.Attach(session.Callee);
        sessions.Add(session);
        statistics.Count(RelayCounter.SessionsCreated);
        events.On(new RelayEvent.SessionCreated(session));
    }

    private static bool IsHeld(Session session) => session.Caller.IsOnHold || session.Callee.IsOnHold
        || (session.Call?.Facts is { } facts && facts.Associations.Any(association => association.Number == session.Line.Association
            && (facts[association.Caller].IsHolding(session.Line.Index) || facts[association.Callee].IsHolding(session.Line.Index))));

    private InactivityTimer NewTimer() => new(options.SetupTtlSeconds ?? options.TtlSeconds, options.TtlSeconds);

    // Once somebody has answered, a branch that nobody does keeps the call no longer than the others.
    private InactivityTimer NewTimer(Call call) => call.Facts.Associations.Any(association => association.IsAnswered)
        ? NewTimer()
        : new(options.SetupTtlSeconds ?? RelayOptions.UsualOfferSeconds, options.TtlSeconds);

    private void CountEnd(Session session, SessionEnd reason, Instant now)
    {
        statistics.Count(RelayCounter.SessionsDestroyed);
        statistics.Count(RelayCounter.SessionsAllDeleted, reason == SessionEnd.AllDeleted ? 1u : 0);
        statistics.AddDuration(now - session.CreatedAt);
        CountAnalysis(session.Caller);
        CountAnalysis(session.Callee);
        if (!session.IsComplete)
        {
            return;
        }

        CountSilence(
            session.Caller.Rtp, session.Callee.Rtp, RelayCounter.SessionsWithoutRtp, RelayCounter.SessionsWithOneWayRtp);
        CountSilence(
            session.Caller.Rtcp, session.Callee.Rtcp, RelayCounter.SessionsWithoutRtcp, RelayCounter.SessionsWithOneWayRtcp);
    }

    private void CountAnalysis(Leg leg)
    {
        statistics.Count(RelayCounter.RtpSent, leg.Reception.Sent);
        statistics.Count(RelayCounter.RtpReceived, leg.Reception.Received);
        statistics.Count(RelayCounter.RtpDuplicates, leg.Reception.Duplicates);
        statistics.Count(RelayCounter.RtpLost, leg.Reception.Lost);
        statistics.Count(RelayCounter.RtpParseErrors, leg.Reception.ParseErrors);
    }

    private void CountSilence(RelayStream one, RelayStream other, RelayCounter none, RelayCounter oneWay)
    {
        if (one.Received == 0 && other.Received == 0)
        {
            statistics.Count(none);
        }
        else if (one.Received == 0 || other.Received == 0)
        {
            statistics.Count(oneWay);
        }
    }
}
