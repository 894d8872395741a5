using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// Says what is the matter with a call (docs/verdicts.md has every row with its limits). The order is that of
/// certainty: what shows itself comes before what is only missing.
/// </summary>
/// <remarks>Pure; allocates nothing. On the worker's thread, since sessions are its own.</remarks>
internal static class VerdictJudge
{
    private const int MaxLinesLookedAt = 4; // of one call, before and after each of its lines

    public static Verdict Judge(Session session, Instant now)
    {
        if (session.IsSubscribed)
        {
            return OfSubscriber(new PartyState(session.Callee, now));
        }

        if (!session.IsComplete)
        {
            return new Verdict(VerdictCode.Waiting);
        }

        var caller = new PartyState(session.Caller, now);
        var callee = new PartyState(session.Callee, now);
        Verdict verdict = Planned(session, caller, callee)
            ?? Seen(caller, callee)
            ?? Seen(callee, caller)
            ?? Missing(session, caller, callee);
        bool isDue = !verdict.IsTrouble || verdict.Code == VerdictCode.BadQuality || IsDue(verdict, caller, callee);
        return isDue ? verdict : new Verdict(VerdictCode.Waiting);
    }

    /// <summary>Of who only hears what counts is that the copy gets there.</summary>
    private static Verdict OfSubscriber(in PartyState hearer) => hearer.HearsNothing ? new Verdict(VerdictCode.Held, hearer.Side)
        : hearer.IsUnsaid ? new Verdict(VerdictCode.Waiting)
        : hearer.IsOfOtherFamily ? new Verdict(VerdictCode.WrongFamily, hearer.Side)
        : hearer.IsUnreachable ? new Verdict(VerdictCode.Unreachable, hearer.Side)
        : new Verdict(VerdictCode.Ok);

    /// <summary>A party has had the time to be heard; of two that are both meant, each.</summary>
    private static bool IsDue(in Verdict verdict, in PartyState caller, in PartyState callee) => verdict.Party switch
    {
        Side.Caller => caller.IsExpected,
        Side.Callee => callee.IsExpected,
        _ => caller.IsExpected && callee.IsExpected,
    };

    /// <summary>What commands wanted so, or made impossible, whatever comes.</summary>
    private static Verdict? Planned(Session session, in PartyState caller, in PartyState callee)
    {
        if (caller.IsOfOtherFamily || callee.IsOfOtherFamily)
        {
            return new Verdict(VerdictCode.WrongFamily, caller.IsOfOtherFamily ? Side.Caller : Side.Callee);
        }

        if ((Nowhere(caller, callee) ?? Nowhere(callee, caller)) is { } party)
        {
            return new Verdict(VerdictCode.PrivateAddress, party);
        }

        if (caller.IsHeld || callee.IsHeld)
        {
            return new Verdict(VerdictCode.Held, caller.IsHeld ? callee.IsHeld ? null : Side.Caller : Side.Callee);
        }

        // Its own parties are not heard; what counts is that the copy gets there.
        return session.CarriedFork is null ? null
            : caller.IsUnreachable ? new Verdict(VerdictCode.Unreachable, Side.Caller)
            : callee.IsUnreachable ? new Verdict(VerdictCode.Unreachable, Side.Callee)
            : new Verdict(VerdictCode.Ok);

        // Said to be at 0.0.0.0 from the start, which is a hold unless somebody speaks to it.
        static Side? Nowhere(in PartyState party, in PartyState other) =>
            party is { IsOnHoldFromStart: true, WasHeard: false } && other.Speaks ? party.Side : null;
    }

    /// <summary>What shows itself of a party: datagrams that are refused, that are no RTP, that do not reach it.</summary>
    private static Verdict? Seen(in PartyState party, in PartyState other)
    {
        if (party is { IsRefused: true, IsThere: false })
        {
            return new Verdict(VerdictCode.Refused, party.Side);
        }

        if (party.SendsOther)
        {
            bool isFax = party.SendsFax && (other.SendsFax || (other.SentFaxLast && !other.Speaks));
            return new Verdict(VerdictCode.NotRtp, isFax && !other.IsUnreachable ? null : party.Side);
        }

        if (!party.WasHeard && other.WasHeard && party.IsNowhere(other))
        {
            return new Verdict(VerdictCode.PrivateAddress, party.Side);
        }

        return party.IsUnreachable ? new Verdict(VerdictCode.Unreachable, party.Side) : null;
    }

    /// <summary>What should be there and is not.</summary>
    private static Verdict Missing(Session session, in PartyState caller, in PartyState callee)
    {
        if (caller.HasSpoken && callee.HasSpoken)
        {
            return Stopped(session, caller, callee);
        }

        if (!caller.HasSpoken && !callee.HasSpoken)
        {
            if (caller.IsDeclined || callee.IsDeclined)
            {
                return new Verdict(VerdictCode.Held, caller.IsDeclined ? Side.Caller : Side.Callee);
            }

            bool isUnused = caller.IsUnsaid || callee.IsUnsaid || HasOtherLine(session, caller) || HasOtherLine(session, callee);
            return new Verdict(isUnused ? VerdictCode.Waiting : VerdictCode.Silent);
        }

        PartyState mute = caller.HasSpoken ? callee : caller;
        return mute.IsDeclined ? new Verdict(VerdictCode.Held, mute.Side)
            : mute.IsUnsaid || HasOtherLine(session, mute) ? new Verdict(VerdictCode.Waiting, mute.Side)
            : new Verdict(VerdictCode.OneWay, mute.Side);
    }

    private static Verdict Stopped(Session session, in PartyState caller, in PartyState callee)
    {
        if (caller.IsThere && callee.IsThere)
        {
            bool isCallerBad = caller.ComesBadly || caller.IsReachedBadly(callee);
            bool isCalleeBad = callee.ComesBadly || callee.IsReachedBadly(caller);
            return !isCallerBad && !isCalleeBad ? new Verdict(VerdictCode.Ok)
                : new Verdict(VerdictCode.BadQuality, !isCallerBad ? Side.Callee : !isCalleeBad ? Side.Caller : null);
        }

        PartyState quiet = caller.IsThere ? callee : caller;
        PartyState other = caller.IsThere ? caller : callee;
        if (quiet.IsDeclined || (other.IsDeclined && !other.Speaks))
        {
            return new Verdict(VerdictCode.Held, quiet.IsDeclined ? quiet.Side : other.Side);
        }

        return !other.Speaks ? new Verdict(VerdictCode.Waiting) // both have stopped: the end of the call, or a hold of both
            : HasOtherLine(session, quiet) ? new Verdict(VerdictCode.Ok)
            : new Verdict(VerdictCode.OneWayStopped, quiet.Side);
    }

    /// <summary>
    /// The party is heard on another media line of the call: the way from it to us is open, and it has nothing to send here, as with a
    /// camera that is off.
    /// </summary>
    private static bool HasOtherLine(Session session, in PartyState party)
    {
        int looked = 0;
        for (Session? line = session.PreviousOfCall; line is not null && looked++ < MaxLinesLookedAt; line = line.PreviousOfCall)
        {
            if (Speaks(line, session, party))
            {
                return true;
            }
        }

        looked = 0;
        for (Session? line = session.NextOfCall; line is not null && looked++ < MaxLinesLookedAt; line = line.NextOfCall)
        {
            if (Speaks(line, session, party))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Speaks(Session line, Session session, in PartyState party) =>
        TagRules.IsOfSameParty(line.Tag, session.Tag) && new PartyState(line[party.Side], party.Now).Speaks;
}
