using System.Diagnostics.CodeAnalysis;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>The calls of one worker, by Call-ID; and those that have ended lately, with their last figures (ng protocol).</summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
internal sealed class CallTable(SessionTable sessions)
{
    /// <summary>How long a call that was deleted is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Call> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallReport> _ended = new(StringComparer.Ordinal);
    private readonly Queue<(Instant Until, CallReport Report)> _endedByAge = new();
    private readonly List<Call> _ending = []; // those with a time of end

    public int Count => _calls.Count;

    public IEnumerable<Call> All => _calls.Values;

    public Call? Find(string callId) => _calls.GetValueOrDefault(callId);

    /// <summary>What a call was that was deleted lately; null if it was not.</summary>
    public CallReport? FindEnded(string callId) => _ended.GetValueOrDefault(callId);

    public void Add(Call call) => _calls.Add(call.CallId, call);

    /// <summary>A session is a media line of a call from now on.</summary>
    public static void Attach(Call call, Session session, in LinePlace place, CallFacts facts)
    {
        session.Call = call;
        session.Line = place;
        session.IsSubscribed = facts.FindSubscription(place.Association) is not null;
        call.SessionCount++;
        call.SubscribedCount += session.IsSubscribed ? 1 : 0;
    }

    /// <summary>It is none any more.</summary>
    public static void Detach(Call call, Session session)
    {
        session.Call = null;
        call.SessionCount--;
        call.SubscribedCount -= session.IsSubscribed ? 1 : 0;
    }

    /// <summary>A session of another relay is one; its call is there with the first.</summary>
    public void Resume(Session session, CallFacts facts, in LinePlace place)
    {
        if (Find(session.CallId) is not { } call)
        {
            call = new Call(session.CallId, facts);
            Add(call);
        }

        call.Adopt(facts);
        Attach(call, session, place, facts);
        KnowEnd(call);
    }

    /// <summary>The media line of an association, or null.</summary>
    public Session? Find(Call call, int association, int index)
    {
        var place = new LinePlace(association, index);
        for (Session? session = sessions.FirstOfCall(call.CallId); session is not null; session = session.NextOfCall)
        {
            if (ReferenceEquals(session.Call, call) && session.Line == place)
            {
                return session;
            }
        }

        return null;
    }

    /// <summary>Its media lines, in order of creation. A list of its own: sessions may end while it is walked.</summary>
    public List<Session> SessionsOf(Call call)
    {
        var found = new List<Session>();
        for (Session? session = sessions.FirstOfCall(call.CallId); session is not null; session = session.NextOfCall)
        {
            if (ReferenceEquals(session.Call, call))
            {
                found.Add(session);
            }
        }

        return found;
    }

    /// <summary>Whether media of any line keeps the call: one that is silent does not end alone (ng protocol).</summary>
    public bool IsAlive(Call call)
    {
        for (Session? session = sessions.FirstOfCall(call.CallId); session is not null; session = session.NextOfCall)
        {
            if (ReferenceEquals(session.Call, call) && !session.IsSubscribed && IsAlive(session))
            {
                return true;
            }
        }

        return false;
    }

    // One of two timers is enough: no party ends a call alone, whatever -i says.
    private static bool IsAlive(Session session) => session.Caller.Timer.Remaining > 0 || session.Callee.Timer.Remaining > 0;

    /// <summary>Whether a media line of a subscriber still has somebody to hear, and a subscriber.</summary>
    public static bool IsWanted(Session session) => session.Call is { } call
        && call.SessionCount > call.SubscribedCount
        && call.Facts.FindSubscription(session.Line.Association) is not null;

    /// <summary>What is known of the call has changed: with each of its sessions it is put down for another process.</summary>
    public void Change(Call call, CallFacts facts)
    {
        call.Change(facts);
        for (Session? session = sessions.FirstOfCall(call.CallId); session is not null; session = session.NextOfCall)
        {
            if (ReferenceEquals(session.Call, call))
            {
                sessions.Keeping?.OnChanged(session);
            }
        }
    }

    /// <summary>Without another offer or answer the call ends then; null takes that back.</summary>
    public void EndAt(Call call, Instant? when)
    {
        if (call.Facts.EndsAt != when)
        {
            Change(call, call.Facts with { EndsAt = when });
            KnowEnd(call);
        }
    }

    /// <summary>A call whose time is up.</summary>
    public bool TryTakeDue(Instant now, [NotNullWhen(true)] out Call? due)
    {
        due = null;
        foreach (Call call in _ending)
        {
            if (call.Facts.EndsAt <= now)
            {
                due = call;
                break;
            }
        }

        if (due is not null)
        {
            EndAt(due, null);
        }

        return due is not null;
    }

    /// <summary>The session was a media line and has ended; the call goes with its last one.</summary>
    /// <returns>Media lines of subscribers that have nobody to hear any more.</returns>
    public IReadOnlyList<Session> OnEnded(Session session)
    {
        if (session.Call is not { } call)
        {
            return [];
        }

        Detach(call, session);
        if (call.SessionCount == 0)
        {
            Remove(call);
        }

        return !session.IsSubscribed && call.SessionCount > 0 && call.SessionCount == call.SubscribedCount ? SessionsOf(call) : [];
    }

    public void Remove(Call call)
    {
        _ending.Remove(call);
        _calls.Remove(call.CallId);
    }

    private void KnowEnd(Call call)
    {
        _ending.Remove(call);
        if (call.Facts.EndsAt is not null)
        {
            _ending.Add(call);
        }
    }

    /// <summary>A call was deleted: who asks for it in the next while is told this.</summary>
    public void Remember(CallReport report, Instant now)
    {
        _ended[report.CallId] = report;
        _endedByAge.Enqueue((now + Memory, report));
        Forget(now);
    }

    /// <summary>Forgets what is too old.</summary>
    public void Forget(Instant now)
    {
        while (_endedByAge.TryPeek(out (Instant Until, CallReport Report) oldest)
            && (oldest.Until <= now || _endedByAge.Count > CallReport.MaxRemembered))
        {
            _endedByAge.Dequeue();
            if (ReferenceEquals(FindEnded(oldest.Report.CallId), oldest.Report))
            {
                _ended.Remove(oldest.Report.CallId);
            }
        }
    }
}
