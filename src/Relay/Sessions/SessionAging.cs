using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Sessions;

/// <summary>Sessions grow older by a second at a time, and end when their time is up (media rules, section 3.3).</summary>
/// <remarks>Owned by one worker.</remarks>
/// <param name="start">Zero point of the one-second ticks.</param>
internal sealed class SessionAging(
    SessionTable sessions,
    CallTable calls,
    SessionLife life,
    QualityWatch quality,
    VerdictWatch verdicts,
    DestinationJudge judge,
    Resizers resizers,
    RelayStatistics statistics,
    SessionKeeping? keeping,
    Instant start)
{
    /// <summary>
    /// Sessions that end in one turn at most. Each takes some fifteen microseconds, most of it in the kernel, so media
    /// waits for half a millisecond; the others end in the next turns.
    /// </summary>
    public const int MaxEndsPerTurn = 32;

    private const int MaxAgedPerTurn = 512; // a look at each; some 350 nanoseconds where they do not fit in the cache

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private Instant _nextTick = start + Second;
    private ulong _receivedAtLastTick;
    private ulong _bytesAtLastTick;
    private ulong _discardedAtLastTick;
    private long _packetRate;
    private long _byteRate;
    private int _toAge = -1; // sessions from here down have not been looked at in this tick; -1 when all have

    /// <summary>Packets received in the last whole second. May be read by other threads, as a hint.</summary>
    public long PacketRate => Volatile.Read(ref _packetRate);

    /// <summary>Bytes of payloads of UDP received in the last whole second. May be read by other threads, as a hint.</summary>
    public long ByteRate => Volatile.Read(ref _byteRate);

    /// <summary>When <see cref="Age"/> will have something to do.</summary>
    public Instant NextDue => _toAge >= 0 ? _nextTick + -Second : _nextTick; // what is left of a tick was due when it began

    /// <summary>Where the ticks are.</summary>
    public void Take(ref WorkerState state)
    {
        state.NextTick = _nextTick;
        state.ReceivedAtLastTick = _receivedAtLastTick;
        state.BytesAtLastTick = _bytesAtLastTick;
        state.DiscardedAtLastTick = _discardedAtLastTick;
        state.PacketRate = _packetRate;
        state.ToAge = _toAge;
    }

    /// <summary>Goes on with the ticks of another; the next one is due within a second.</summary>
    public void Resume(in WorkerState state, Instant now)
    {
        Instant latest = now + Second;
        _nextTick = state.NextTick < latest ? state.NextTick : latest;
        _receivedAtLastTick = state.ReceivedAtLastTick;
        _bytesAtLastTick = state.BytesAtLastTick;
        _discardedAtLastTick = state.DiscardedAtLastTick;
        _packetRate = state.PacketRate;
        _toAge = state.ToAge;
    }

    /// <summary>Every session is looked at in the second that is under way, unless it has been.</summary>
    public void LookAtAll() => _toAge = int.MaxValue;

    public void Age(Instant now)
    {
        if (_toAge < 0 && _nextTick <= now)
        {
            BeginTick(now);
        }

        int ends = 0;
        int last = Math.Max(0, _toAge - MaxAgedPerTurn + 1);
        _toAge = Math.Min(_toAge, sessions.Count - 1);

        // Backwards: ending a session puts the last one in its place.
        for (; _toAge >= last && ends < MaxEndsPerTurn; _toAge--)
        {
            Session session = sessions.All[_toAge];
            if (session.LastTick == sessions.Tick)
            {
                continue; // it has moved here since
            }

            session.LastTick = sessions.Tick;
            keeping?.OnUnderWay(session);
            quality.OnSecond(session, now);
            if (session.IsSubscribed)
            {
                if (!CallTable.IsWanted(session))
                {
                    ends++;
                    life.Delete(session, now); // a process ended before it could end this
                    continue;
                }
            }
            else if (!session.Tick() && (session.Call is not { } call || !calls.IsAlive(call)))
            {
                ends++;
                life.TimeOut(session, now);
                _toAge = Math.Min(_toAge, sessions.Count); // subscribers end with it
                continue;
            }

            verdicts.Look(session, now);
        }
    }

    /// <summary>Calls whose deletion was put off, until now; and what is remembered of others is forgotten.</summary>
    private void EndDueCalls(Instant now)
    {
        calls.Forget(now);
        for (int ends = 0; ends < MaxEndsPerTurn && calls.TryTakeDue(now, out Call? call); ends++)
        {
            CallEnds.End(calls, life, call, now);
        }
    }

    private void BeginTick(Instant now)
    {
        // A machine that slept is not a party that was silent: seconds that were missed do not age sessions.
        _nextTick += Second;
        if (_nextTick <= now)
        {
            _nextTick = now + Second;
        }

        judge.Refresh();
        EndDueCalls(now);
        MeasureRates();
        sessions.Trim();
        resizers.Trim();
        sessions.Tick++;
        _toAge = sessions.Count - 1;
    }

    /// <summary>How much came in the second that ends.</summary>
    private void MeasureRates()
    {
        ulong received = statistics[RelayCounter.PacketsReceived];
        ulong bytes = statistics.Traffic(StreamKind.Rtp).ReceivedBytes + statistics.Traffic(StreamKind.Rtcp).ReceivedBytes;
        ulong discarded = statistics[RelayCounter.PacketsDiscarded];
        statistics.ReceiveRate = received - _receivedAtLastTick;
        statistics.ReceiveByteRate = bytes - _bytesAtLastTick;
        statistics.DiscardRate = discarded - _discardedAtLastTick;
        Volatile.Write(ref _packetRate, (long)(received - _receivedAtLastTick));
        Volatile.Write(ref _byteRate, (long)(bytes - _bytesAtLastTick));
        _receivedAtLastTick = received;
        _bytesAtLastTick = bytes;
        _discardedAtLastTick = discarded;
    }
}
