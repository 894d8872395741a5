using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// An offer for all media lines of a call (ng protocol): makes the call, a branch of it, or changes one. All
/// lines get their ports, of both parties, or none does.
/// </summary>
public sealed class CallOfferOperation : CallOperation
{
    internal CallOfferOperation(CallRequest request, OperationContext context)
        : base(request, context)
    {
        BeginAt(Step.On(Owner, CarryOut));
    }

    /// <summary>Of who publishes: unlike that of any other party of the worker's calls, lately; the time when it was first heard of, microseconds since the UNIX epoch.</summary>
    public long SessionNumber { get; private set; }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, Request.CallId, Context, now);
        return known.Settle(Offer(worker, known.Call, now));
    }

    private Step Offer(RelayWorker worker, Call? known, Instant now)
    {
        if (known is null && Context.RefusalOfNewCalls() is not Refusal.None and var refusal)
        {
            worker.Statistics.Count(RelayCounter.SessionsRefused);
            return Step.Refused(refusal);
        }

        Call call = known ?? new Call(Request.CallId, new CallFacts
        {
            CreatedAt = Request.SignalledAt,
            DigitTarget = Context.Options.DigitTargets.FirstOrDefault(),
        });
        if (call.Facts.IsSubscriber(Request.FromTag) || call.Facts.IsSubscriber(Request.ToTag))
        {
            return Step.Refused(Refusal.OwnAnswer); // who only hears does not speak
        }

        CallFacts facts = Meet(call.Facts, out Association association, out int offerer);
        if (facts.Parties.Length > CallFacts.MaxParties)
        {
            return Step.Refused(Refusal.NoSessionPorts);
        }

        if (Request.IsPublished && association.IsAnswered)
        {
            return Step.Refused(Refusal.OwnAnswer); // it speaks to somebody
        }

        Side side = association.SideOf(offerer);
        if (LinePorts.TryReserve(worker, Context, call, association, side, Request) is not { } ports)
        {
            return Step.Refused(known is null ? Refusal.NoSessionPorts : Refusal.NoLegPorts);
        }

        if (known is null)
        {
            worker.Calls.Add(call);
        }

        call.Change(facts); // the lines that are made now belong to it
        ports.Use(worker, call, association, now);
        SpokenBefore = facts[offerer].Media;
        ReadOther(facts[association.PartyAt(Other(side))]);
        PendingOffer pending = Take(worker, call, association, side, ref facts, now);
        facts = WithMetadata(facts.With(association.Offered(pending)), offerer) with { SignalledAt = Request.SignalledAt };
        worker.Calls.Change(call, WithDigits(worker, WithTraffic(facts)));
        PartyGates.Set(worker, call);
        Listening.Connect(worker.Calls, call);
        if (Request.IsPublished)
        {
            Publish(worker, call, association, side, now);
        }

        SessionNumber = facts[offerer].CreatedAt;
        Side told = Request.IsPublished ? side : Other(side);
        AnswerPorts(worker, call, association, told, Request.Media.Length);
        Describe(worker, call, association.Number, told);

        // What was to be deleted lives on. Where nothing is relayed, nothing ends the call but this.
        TimeSpan patience = TimeSpan.FromSeconds(Context.Options.TtlSeconds);
        worker.Calls.EndAt(call, call.SessionCount == 0 ? now + patience : null);

        // With -a what is new is recorded from the start; the reply waits for the files, so that nothing is missed.
        return Finish(worker, call, isNew: true);
    }

    /// <summary>Media of who publishes is taken without an answer: others may subscribe to it.</summary>
    private void Publish(RelayWorker worker, Call call, Association association, Side side, Instant now)
    {
        for (int i = 0; i < Request.Media.Length; i++)
        {
            if (worker.Calls.Find(call, association.Number, i) is { } session)
            {
                worker.Life.Complete(session, now);
                RtcpMuxFacts mux = Request.Media[i].RtcpMux;
                session[side].IsRtcpMuxed = mux.HasFlag(RtcpMuxFacts.IsSaid)
                    && (!mux.HasFlag(RtcpMuxFacts.IsDecided) || mux.HasFlag(RtcpMuxFacts.IsDone));
            }
        }
    }

    private static Side Other(Side side) => side == Side.Caller ? Side.Callee : Side.Caller;

    /// <summary>Who offers to whom: parties and association as they will be, which may be new.</summary>
    private CallFacts Meet(CallFacts facts, out Association association, out int offerer)
    {
        CallParty? from = facts.FindParty(Request.FromTag);
        CallParty? to = Request.ToTag is { } toTag ? facts.FindParty(toTag) : null;
        if (from is null && to is not null && facts.Associations.LastOrDefault(other => other.Has(to.Number)) is { } joined)
        {
            // Another phone of the other side, or the one that had no name yet.
            association = joined;
            offerer = joined.Caller == to.Number ? joined.Callee : joined.Caller;
            return facts.With(Told(facts[offerer].Named(Request.FromTag)));
        }

        if (from is not null && Current(facts, from, to) is { } current)
        {
            association = current;
            offerer = from.Number;
            facts = facts.With(Told(from));
            int other = current.Caller == offerer ? current.Callee : current.Caller;
            return Request.ToTag is { } tag && !facts[other].IsCalled(tag) ? facts.With(facts[other].Named(tag)) : facts;
        }

        if (from is null)
        {
            from = new CallParty { Number = facts.NextParty, Tag = Request.FromTag, CreatedAt = Request.SignalledAt };
        }

        facts = facts.With(Told(from));
        CallParty callee = to ?? new CallParty
        {
            Number = facts.NextParty,
            Tag = Request.ToTag,
            ViaBranch = Request.ViaBranch,
            CreatedAt = Request.SignalledAt,
        };
        facts = facts.With(callee);
        association = new Association(facts.NextAssociation, from.Number, callee.Number);
        offerer = from.Number;
        return facts.With(association);
    }

    /// <summary>The association that a party goes on with; null for a new branch.</summary>
    private Association? Current(CallFacts facts, CallParty from, CallParty? to)
    {
        if (to is not null)
        {
            return facts.FindBetween(from.Number, to.Number);
        }

        ImmutableArray<Association> ofParty = facts.Associations.RemoveAll(association => !association.Has(from.Number));
        if (Request.ViaBranch is { } branch && Request.ToTag is null && MayHaveMoreBranches(facts, from, ofParty))
        {
            return ofParty.LastOrDefault(association => facts[association.Callee].ViaBranch == branch);
        }

        return ofParty.LastOrDefault(association => association.IsAnswered) ?? ofParty.LastOrDefault();
    }

    /// <summary>Whoever called goes on being forked after the first answer, which may be early media, where its branches have names.</summary>
    private static bool MayHaveMoreBranches(CallFacts facts, CallParty from, ImmutableArray<Association> ofParty) =>
        ofParty.All(association => !association.IsAnswered
            || (association.Caller == from.Number && facts[association.Callee].ViaBranch is not null));

    private void ReadOther(CallParty other)
    {
        OtherMemo = other.Memo;
        OtherMedia = other.Media;
    }

    /// <summary>The first offer counts at once, since there is nothing that it could take back; others when they are answered.</summary>
    private PendingOffer Take(
        RelayWorker worker, Call call, Association association, Side side, ref CallFacts facts, Instant now)
    {
        var pending = new PendingOffer(side, Request.Media, Request.Memo, Request.Sources);
        CallParty party = facts[association.PartyAt(side)];
        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => session.Line.Association == association.Number))
        {
            session.RestartTimers();
            session[side].RtpLatch.OnMentioned(now); // who is about to move may be heard from there already
        }

        if (association.IsAnswered)
        {
            return pending;
        }

        Apply(worker, call, association, side, Request.Media, Request.Sources, SignalledBy.Offer, now);
        facts = facts.With(party with { Media = Request.Media, Memo = Request.Memo });
        return pending;
    }
}
