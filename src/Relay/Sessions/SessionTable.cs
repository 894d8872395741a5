using System.Runtime.InteropServices;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Relay.Sessions;

/// <summary>The sessions of one worker: by call in order of creation, by id, and all of them.</summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
internal sealed class SessionTable
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

    /// <summary>
    /// The one session that a pair of tags selects (control protocol, section 2.5, exact pair). Branches of a call of the ng protocol
    /// have the same tag: of them it is that of the party which is named, else the one that is connected.
    /// </summary>
    public Session? Find(string callId, string fromTag, string? toTag, out TagMatch match)
    {
        for (Session? session = FirstOfCall(callId); session is not null; session = session.NextOfCall)
        {
            match = TagRules.MatchExactPair(session.Tag, fromTag, toTag);
            if (match != TagMatch.None)
            {
                session = session.Call is null ? session : BranchOf(session, match == TagMatch.Forward ? toTag : fromTag);
                Keeping?.OnChanged(session);
                return session;
            }
        }

        match = TagMatch.None;
        return null;
    }

    private static Session BranchOf(Session first, string? answeredTag)
    {
        Session? connected = null;
        for (Session? session = first; session is not null; session = session.NextOfCall)
        {
            if (session.Tag != first.Tag)
            {
                continue;
            }

            if (answeredTag is not null && session.AnsweredTag is { } answered && TagRules.IsOfSameParty(answered, answeredTag))
            {
                return session;
            }

            connected ??= session.Caller.Ports is null ? null : session;
        }

        return connected ?? first;
    }

    /// <summary>The same; and where no session has such tags, the one whose answered party the to-tag names, if only one is.</summary>
    public Session? Find(string callId, in SessionTags tags, out TagMatch match)
    {
        if (Find(callId, tags.From, tags.To, out match) is { } session)
        {
            return session;
        }

        return tags.TryReadAnswered(out string from, out string to) ? FindAnswered(callId, from, to, out match) : null;
    }

    /// <summary>The one session whose answered party is <paramref name="to"/>, while <paramref name="from"/> is nobody's tag.</summary>
    public Session? FindAnswered(string callId, string from, string to, out TagMatch match)
    {
        Session? found = null;
        match = TagMatch.None;
        if (IsPartyOf(callId, from))
        {
            return null;
        }

        for (Session? session = FirstOfCall(callId); session is not null; session = session.NextOfCall)
        {
            if (session.AnsweredTag is not { } answered || !TagRules.IsAnsweredExactly(answered, from, to))
            {
                continue;
            }

            if (found is not null)
            {
                match = TagMatch.None;
                return null;
            }

            found = session;
            match = TagMatch.Forward; // the from-tag stands for the other party
        }

        if (found is not null)
        {
            Keeping?.OnChanged(found);
        }

        return found;
    }

    /// <summary>
    /// All media lines that the tags select (control protocol, section 2.5, base tag), in order of creation. A list of its own:
    /// sessions may end while it is walked.
    /// </summary>
    public List<(Session Session, TagMatch Match)> Select(string callId, in SessionTags tags)
    {
        var selected = new List<(Session, TagMatch)>();
        for (Session? session = FirstOfCall(callId); session is not null; session = session.NextOfCall)
        {
            TagMatch match = TagRules.MatchBase(session.Tag, tags.From, tags.To);
            if (match != TagMatch.None)
            {
                selected.Add((session, match));
            }
        }

        if (selected.Count == 0 && tags.TryReadAnswered(out string from, out string to) && !IsPartyOf(callId, from))
        {
            SelectAnswered(callId, to, selected);
        }

        foreach ((Session session, _) in selected)
        {
            Keeping?.OnChanged(session);
        }

        return selected;
    }

    /// <summary>
    /// The media lines of one caller that <paramref name="to"/> answered; none where several callers had that answer. Without a
    /// media number, also those lines of the caller that nobody answered: no answer is told for media that was declined.
    /// </summary>
    private void SelectAnswered(string callId, string to, List<(Session Session, TagMatch Match)> selected)
    {
        string? caller = null;
        for (Session? session = FirstOfCall(callId); session is not null; session = session.NextOfCall)
        {
            if (session.AnsweredTag is not { } answered || !TagRules.IsAnsweredBase(answered, to))
            {
                continue;
            }

            string party = TagRules.WithoutMedia(session.Tag);
            if (caller is not null && caller != party)
            {
                return;
            }

            caller = party;
        }

        for (Session? session = FirstOfCall(callId); caller is not null && session is not null; session = session.NextOfCall)
        {
            bool isAnswered = session.AnsweredTag is { } answered
                ? TagRules.IsAnsweredBase(answered, to)
                : TagRules.WithoutMedia(to) == to && TagRules.WithoutMedia(session.Tag) == caller;
            if (isAnswered)
            {
                selected.Add((session, TagMatch.Forward));
            }
        }
    }

    /// <summary>Whether a tag, whatever its media number, is that of somebody in the call.</summary>
    private bool IsPartyOf(string callId, string tag)
    {
        string party = TagRules.WithoutMedia(tag);
        for (Session? session = FirstOfCall(callId); party.Length > 0 && session is not null; session = session.NextOfCall)
        {
            if (TagRules.WithoutMedia(session.Tag) == party
                || (session.AnsweredTag is { } answered && TagRules.WithoutMedia(answered) == party))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the call has a media line of the party of <paramref name="tag"/>, whatever its number.</summary>
    public bool HasMediaOf(string callId, string tag)
    {
        string party = TagRules.WithoutMedia(tag);
        for (Session? session = FirstOfCall(callId); session is not null; session = session.NextOfCall)
        {
            if (TagRules.WithoutMedia(session.Tag) == party)
            {
                return true;
            }
        }

        return false;
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
