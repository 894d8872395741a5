using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay;

/// <content>Sessions grow older by a second at a time, and end when their time is up (media rules, section 3.3).</content>
public sealed partial class RelayWorker
{
    /// <summary>
    /// Sessions that end in one turn at most. Each takes some fifteen microseconds, most of it in the kernel, so media
    /// waits for half a millisecond; the others end in the next turns.
    /// </summary>
    internal const int MaxEndsPerTurn = 32;

    private const int MaxAgedPerTurn = 2048; // a look at each; some ten nanoseconds

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Instant _nextTick;
    private ulong _receivedAtLastTick;
    private long _packetRate;
    private uint _tick;
    private int _toAge; // sessions from here down have not been looked at in this tick; -1 when all have

    /// <summary>Packets received in the last whole second. May be read by other threads, as a hint.</summary>
    public long PacketRate => Volatile.Read(ref _packetRate);

    private void Age(Instant now)
    {
        if (_toAge < 0 && _nextTick <= now)
        {
            BeginTick(now);
        }

        int ends = 0;
        int last = Math.Max(0, _toAge - MaxAgedPerTurn + 1);
        _toAge = Math.Min(_toAge, Sessions.Count - 1);

        // Backwards: ending a session puts the last one in its place.
        for (; _toAge >= last && ends < MaxEndsPerTurn; _toAge--)
        {
            Session session = Sessions.All[_toAge];
            if (session.LastTick == _tick)
            {
                continue; // it has moved here since
            }

            session.LastTick = _tick;
            if (!session.Tick())
            {
                ends++;
                TimeOut(session, now);
            }
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

        _own = World.Directory.Own.Current;
        ulong received = Statistics[RelayCounter.PacketsReceived];
        Statistics.ReceiveRate = received - _receivedAtLastTick;
        Volatile.Write(ref _packetRate, (long)(received - _receivedAtLastTick));
        _receivedAtLastTick = received;
        Sessions.Trim();
        _packetPool.Trim();
        _tick++;
        _toAge = Sessions.Count - 1;
    }
}
