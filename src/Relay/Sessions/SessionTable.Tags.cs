namespace RtpProxy.Relay.Sessions;

/// <content>Which sessions of a call the tags of a command mean (control protocol, section 2.5).</content>
internal sealed partial class SessionTable
{
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
}
