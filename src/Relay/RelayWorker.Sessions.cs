using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay;

/// <content>Birth, ports and death of sessions.</content>
public sealed partial class RelayWorker
{
    private long _lastSerial;

    /// <summary>
    /// Makes a session and opens its first port pair, the one that faces the callee. Null, and nothing is left behind,
    /// when no pair can be had.
    /// </summary>
    internal Session? TryCreateSession(
        string callId, string tag, bool weak, LocalAddress towardCaller, LocalAddress towardCallee, Instant now)
    {
        World.Events.On(new RelayEvent.SessionRequested(callId, tag, weak, towardCaller, towardCallee));
        var session = new Session(
            new SessionId(Index, ++_lastSerial), callId, tag, towardCaller, towardCallee, Options, now)
        {
            IsFirstMedia = !Sessions.HasMediaOf(callId, tag),
        };
        if (!TryOpenPorts(session.Callee))
        {
            return null;
        }

        session.LastTick = _tick;
        Sessions.Add(session);
        Volatile.Write(ref _sessionCount, Sessions.Count);
        Statistics.Count(RelayCounter.SessionsCreated);
        World.Events.On(new RelayEvent.SessionCreated(session));
        return session;
    }

    /// <summary>Opens a pair for a leg that has none, or another one in its place. False, changing nothing, when there is none.</summary>
    internal bool TryOpenPorts(Leg leg)
    {
        PortOpening opening = World.Ports.TryOpen(leg.Local, leg.Tos ?? Options.Tos, out PortPair ports);
        if (opening != PortOpening.Opened)
        {
            World.Events.On(new RelayEvent.PortsUnavailable(leg.Session.CallId, leg.Local, opening));
            return false;
        }

        PortPair? old = leg.Ports;
        ClosePorts(leg);
        leg.Attach(ports);
        Map(ports.Rtp, leg.Rtp);
        Map(ports.Rtcp, leg.Rtcp);
        Publish(leg);
        if (leg.Rtp.Recorder is not null)
        {
            WantDetails(leg, true);
        }

        if (old is { } replaced)
        {
            World.Events.On(new RelayEvent.PortsReplaced(leg, replaced.Number, ports.Number));
        }

        return true;
    }

    /// <summary>The session becomes complete: once, when its second leg first gets a port.</summary>
    internal void Complete(Session session)
    {
        if (session.IsComplete)
        {
            return;
        }

        session.Complete();
        Statistics.Count(RelayCounter.SessionsComplete);
    }

    /// <summary>Ends a session: ports are free and counters final when this returns.</summary>
    internal void End(Session session, Instant now)
    {
        Sessions.Remove(session);
        Volatile.Write(ref _sessionCount, Sessions.Count);
        session.IsEnded = true;
        EndFork(session);
        EndForksOf(session);
        World.Pending.ForgetForkPlaces(session.Id);
        EndMedia(session.Caller);
        EndMedia(session.Callee);
        ushort callerPort = session.Caller.PortNumber;
        ushort calleePort = session.Callee.PortNumber;
        ClosePorts(session.Caller);
        ClosePorts(session.Callee);
        CountEnd(session, now);
        World.Events.On(new RelayEvent.SessionEnded(session, callerPort, calleePort));
    }

    /// <summary>Whatever is done with a party's media, or for it, ends with the session.</summary>
    private void EndMedia(Leg leg)
    {
        leg.PendingPlay = null;
        DiscardPlayer(leg);
        StopResizing(leg);
        StopRecording(leg);
    }

    private void TimeOut(Session session, Instant now)
    {
        World.Events.On(new RelayEvent.SessionTimedOut(session));
        Statistics.Count(RelayCounter.SessionsTimedOut);
        End(session, now);
    }

    private void ClosePorts(Leg leg)
    {
        if (leg.Ports is not { } ports)
        {
            return;
        }

        Map(ports.Rtp, null);
        Map(ports.Rtcp, null);
        Withdraw(leg);
        leg.Detach();
        World.Ports.Close(ports);
    }

    private void CountEnd(Session session, Instant now)
    {
        Statistics.Count(RelayCounter.SessionsDestroyed);
        Statistics.AddDuration(now - session.CreatedAt);
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
        Statistics.Count(RelayCounter.RtpSent, leg.Reception.Sent);
        Statistics.Count(RelayCounter.RtpReceived, leg.Reception.Received);
        Statistics.Count(RelayCounter.RtpDuplicates, leg.Reception.Duplicates);
        Statistics.Count(RelayCounter.RtpLost, leg.Reception.Lost);
        Statistics.Count(RelayCounter.RtpParseErrors, leg.Reception.ParseErrors);
    }

    private void CountSilence(RelayStream one, RelayStream other, RelayCounter none, RelayCounter oneWay)
    {
        if (one.Received == 0 && other.Received == 0)
        {
            Statistics.Count(none);
        }
        else if (one.Received == 0 || other.Received == 0)
        {
            Statistics.Count(oneWay);
        }
    }
}
