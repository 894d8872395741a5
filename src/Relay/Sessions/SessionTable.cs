using System.Runtime.InteropServices;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Relay.Sessions;

/// <summary>The sessions of one worker: by call in order of creation, by id, and all of them.</summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
internal sealed partial class SessionTable
{
    private const int SmallCapacity = 256; // a few kilobytes

    private readonly Dictionary<string, Session> _firstOfCall = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Session> _bySerial = [];
    private readonly List<Session> _all = [];
    private VerdictCounts _verdicts;
    private int _count;

    /// <summary>May be read by other threads, as a hint.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Sessions whose parties both have a port.</summary>
    public int Complete { get; private set; }

    /// <summary>How many there are of each verdict.</summary>
    public ref readonly VerdictCounts Verdicts => ref _verdicts;

    /// <summary>Is told of sessions that commands find, by their call or again: they may be about to change.</summary>
    public SessionKeeping? Keeping { get; set; }

    /// <summary>The second that sessions are being aged by, by number.</summary>
    public uint Tick { get; set; }

    public ReadOnlySpan<Session> All => CollectionsMarshal.AsSpan(_all);

    /// <summary>The oldest session of a call; the rest follow by <see cref="Session.NextOfCall"/>.</summary>
    public Session? FirstOfCall(string callId) => _firstOfCall.GetValueOrDefault(callId);

    public Session? Find(SessionId id) => _bySerial.GetValueOrDefault(id.Serial);

    /// <summary>The session that a command has found before, and comes back to.</summary>
    public Session? FindAgain(SessionId id)
    {
        Session? found = Find(id);
        if (found is not null)
        {
            Keeping?.OnChanged(found);
        }

        return found;
    }

    /// <summary>So many will be added soon: makes room for them.</summary>
    public void Expect(int count)
    {
        _all.EnsureCapacity(count);
        _bySerial.EnsureCapacity(count);
        _firstOfCall.EnsureCapacity(count);
    }

    public void Add(Session session)
    {
        session.LastTick = Tick;
        Complete += session.IsComplete ? 1 : 0; // one that another relay had
        _verdicts.Count(session.Verdict, 1);
        session.Place = _all.Count;
        _all.Add(session);
        Volatile.Write(ref _count, _all.Count);
        _bySerial.Add(session.Id.Serial, session);
        if (_firstOfCall.TryAdd(session.CallId, session))
        {
            return;
        }

        Link(session, _firstOfCall[session.CallId]);
    }

    public void Remove(Session session)
    {
        Unlink(session);
        Complete -= session.IsComplete ? 1 : 0;
        _verdicts.Count(session.Verdict, -1);
        _bySerial.Remove(session.Id.Serial);
        Session moved = _all[^1];
        _all[session.Place] = moved;
        moved.Place = session.Place;
        _all.RemoveAt(_all.Count - 1);
        Volatile.Write(ref _count, _all.Count);
    }

    /// <summary>The parties of a session now both have a port.</summary>
    public void SetComplete(Session session, Instant now)
    {
        session.Complete(now);
        Complete++;
    }

    /// <summary>What is the matter with a session has changed.</summary>
    public void Change(Session session, in Verdict verdict)
    {
        _verdicts.Count(session.Verdict, -1);
        session.Evidence.Verdict = verdict;
        _verdicts.Count(verdict, 1);
    }

    /// <summary>Gives back most of the room that a flood of sessions took.</summary>
    public void Trim()
    {
        if (_all.Capacity <= SmallCapacity || _all.Count > _all.Capacity / 8)
        {
            return;
        }

        int room = Math.Max(SmallCapacity, _all.Count * 2);
        _all.Capacity = room;
        _bySerial.TrimExcess(room);
        _firstOfCall.TrimExcess(room);
    }

    /// <summary>Sessions are not always added in the order in which they were created: other workers may have had them.</summary>
    private void Link(Session session, Session first)
    {
        Session? before = null;
        Session? after = first;
        while (after is not null && after.Id.Serial < session.Id.Serial)
        {
            before = after;
            after = after.NextOfCall;
        }

        session.PreviousOfCall = before;
        session.NextOfCall = after;
        if (after is not null)
        {
            after.PreviousOfCall = session;
        }

        if (before is null)
        {
            _firstOfCall[session.CallId] = session;
        }
        else
        {
            before.NextOfCall = session;
        }
    }

    private void Unlink(Session session)
    {
        if (session.NextOfCall is { } next)
        {
            next.PreviousOfCall = session.PreviousOfCall;
        }

        if (session.PreviousOfCall is { } before)
        {
            before.NextOfCall = session.NextOfCall;
        }
        else if (session.NextOfCall is { } first)
        {
            _firstOfCall[session.CallId] = first;
        }
        else
        {
            _firstOfCall.Remove(session.CallId);
        }
    }
}
