using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>An answer for all media lines of a call (ng protocol): what was offered counts from now on.</summary>
public sealed class CallAnswerOperation : CallOperation
{
    internal CallAnswerOperation(CallRequest request, OperationContext context)
        : base(request, context)
    {
        BeginAt(Step.On(Owner, CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, Request.CallId, Context, now);
        return known.Settle(known.Call is { } call ? Answer(worker, call, now) : Step.Refused(Refusal.UnknownCall));
    }

    private Step Answer(RelayWorker worker, Call call, Instant now)
    {
        if (call.Facts.FindParty(Request.FromTag) is not { } offerer
            || FindAnswered(call.Facts, offerer) is not { } association)
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        if (offerer.IsCalled(Request.ToTag ?? "") || call.Facts.IsSubscriber(Request.ToTag))
        {
            return Step.Refused(Refusal.OwnAnswer);
        }

        Side answering = Other(association.SideOf(offerer.Number));
        if (Request.Fits is { } fits && !fits(AnsweredBy(association, answering)?.Memo ?? offerer.Memo))
        {
            return Step.Refused(Refusal.NotWanted);
        }

        if (!TryOpenPorts(worker, call, association))
        {
            return Step.Refused(Refusal.NoLegPorts);
        }

        CallParty answerer = call.Facts[association.PartyAt(answering)];
        CallFacts facts = call.Facts.With(Told(answerer.Named(Request.ToTag ?? "")) with
        {
            Media = Request.Media,
            Memo = Request.Memo.Length > 0 ? Request.Memo : answerer.Memo, // an offer of its own may be answered again
        });

        Connect(worker, call, association, now);
        facts = TakeOffer(worker, call, association, answering, facts, now);
        ImmutableArray<MediaDescription> media = WithPtime(Request.Media, facts[association.PartyAt(Other(answering))].Media);
        Apply(worker, call, association, answering, media, Request.Sources, SignalledBy.Answer, now);
        SetMuxing(worker, call, association, answering, facts);
        association = association with { IsAnswered = true, Pending = null, Crossed = null, Taken = ToKeep(association, answering, facts) };
        facts = WithMetadata(facts.With(association), answerer.Number) with { SignalledAt = Request.SignalledAt };
        Tell(worker, call, association, answering, facts);
        CallPatience.Set(worker, call, association, facts);
        worker.Calls.Change(call, WithDigits(worker, WithTraffic(facts)));
        PartyGates.Set(worker, call);
        Listening.Connect(worker.Calls, call);
        worker.Calls.EndAt(call, call.SessionCount == 0 ? call.Facts.EndsAt : null);
        OtherMemo = facts[offerer.Number].Memo;
        OtherMedia = facts[offerer.Number].Media;
        AnswerPorts(worker, call, association, Other(answering), OtherMedia.Length);
        Describe(worker, call, association.Number, Other(answering));
        return Finish(worker, call, isNew: false);
    }

    /// <summary>Which of the offerer's associations is answered: by branch, by tag, or the one that waits for an answer.</summary>
    private Association? FindAnswered(CallFacts facts, CallParty offerer)
    {
        var ofOfferer = facts.Associations.Where(association => association.Has(offerer.Number)).ToList();
        Association? byBranch = Request.ViaBranch is null ? null : ofOfferer.FindLast(
            association => facts[association.Callee].ViaBranch == Request.ViaBranch && association.Caller == offerer.Number);
        return ofOfferer.FindLast(association => IsOther(association, party => party.IsCalled(Request.ToTag ?? "")))
            ?? byBranch
            ?? ofOfferer.FindLast(association => IsOther(association, party => party.Tag is null))
            ?? ofOfferer.LastOrDefault();

        bool IsOther(Association association, Func<CallParty, bool> isMeant) =>
            isMeant(facts[association.Caller == offerer.Number ? association.Callee : association.Caller]);
    }

    /// <summary>
    /// What RTPproxy's protocol offered has no ports for the caller before the answer, and what was published none for a callee. All are
    /// opened or none.
    /// </summary>
    private bool TryOpenPorts(RelayWorker worker, Call call, Association association)
    {
        List<Leg>? opened = null;
        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => session.Line.Association == association.Number))
        {
            if (session.Caller.Ports is null
                && PortsOfBranches(worker, call, association, session.Line.Index) is null
                && !TryOpen(session.Caller))
            {
                return false;
            }

            if (session.Callee.Ports is null && !TryOpen(session.Callee))
            {
                return false;
            }
        }

        return true;

        bool TryOpen(Leg leg)
        {
            if (!worker.Ports.TryOpen(leg))
            {
                opened?.ForEach(worker.Ports.Close);
                return false;
            }

            Context.Addresses.Remember(leg.Local);
            (opened ??= []).Add(leg);
            return true;
        }
    }

    /// <summary>The branch that answered last is the one that the caller's ports belong to, in both directions.</summary>
    internal static void Connect(RelayWorker worker, Call call, Association association, Instant now)
    {
        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => session.Line.Association == association.Number))
        {
            if (session.Caller.Ports is null
                && PortsOfBranches(worker, call, association, session.Line.Index) is { } holder)
            {
                worker.Ports.Move(holder, session.Caller);
                session.Caller.RtpLatch.OnMentioned(now);
            }

            worker.Life.Complete(session, now);
        }
    }

    /// <summary>What the offerer said counts, if that was not so from the beginning.</summary>
    internal static CallFacts TakeOffer(
        RelayWorker worker, Call call, Association association, Side answering, CallFacts facts, Instant now)
    {
        if (AnsweredBy(association, answering) is not { } offer)
        {
            return facts;
        }

        if (association.IsAnswered && offer != association.Taken)
        {
            Apply(worker, call, association, offer.Offerer, offer.Media, offer.Sources, SignalledBy.Offer, now);
        }

        CallParty offerer = facts[association.PartyAt(offer.Offerer)];
        return facts.With(offerer with { Media = offer.Media, Memo = offer.Memo });
    }

    /// <summary>The offer that waits for this party's answer, or that of this branch which it has answered already.</summary>
    private static PendingOffer? AnsweredBy(Association association, Side answering) =>
        association.Pending is { } pending && pending.Offerer != answering ? pending
            : association.Crossed is { } crossed && crossed.Offerer != answering ? crossed
            : association.Taken is { } taken && taken.Offerer != answering ? taken
            : null;

    private static PendingOffer? ToKeep(Association association, Side answering, CallFacts facts) =>
        facts[association.Callee].ViaBranch is null ? null : AnsweredBy(association, answering);

    /// <summary>What the answerer sends is re-framed as the offer wanted it, unless the answer says how.</summary>
    private static ImmutableArray<MediaDescription> WithPtime(
        ImmutableArray<MediaDescription> answer, ImmutableArray<MediaDescription> offer) =>
        [.. answer.Select((said, line) => said.PtimeMilliseconds == 0 && line < offer.Length
            ? said with { PtimeMilliseconds = offer[line].PtimeTowardMilliseconds }
            : said)];

    /// <summary>Where RTCP of both parties comes is settled with the answer (ng protocol).</summary>
    private static void SetMuxing(RelayWorker worker, Call call, Association association, Side answering, CallFacts facts)
    {
        ImmutableArray<MediaDescription> answer = facts[association.PartyAt(answering)].Media;
        ImmutableArray<MediaDescription> offer = facts[association.PartyAt(Other(answering))].Media;
        for (int i = 0; i < offer.Length && i < answer.Length; i++)
        {
            if (worker.Calls.Find(call, association.Number, i) is { } session)
            {
                RtcpMuxFacts offered = offer[i].RtcpMux;
                bool isOffered = offered.HasFlag(RtcpMuxFacts.IsOffered) || session[answering].IsRtcpMuxed; // it goes on
                bool isTaken = isOffered && answer[i].RtcpMux.HasFlag(RtcpMuxFacts.IsSaid);
                session[answering].IsRtcpMuxed = isTaken;
                session[Other(answering)].IsRtcpMuxed =
                    offered.HasFlag(RtcpMuxFacts.IsDecided) ? offered.HasFlag(RtcpMuxFacts.IsDone) : isTaken;
            }
        }
    }

    private static Side Other(Side side) => side == Side.Caller ? Side.Callee : Side.Caller;

    /// <summary>The sessions know who answered, and others hear that they have changed.</summary>
    private static void Tell(RelayWorker worker, Call call, Association association, Side answering, CallFacts facts)
    {
        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => session.Line.Association == association.Number))
        {
            string? callee = facts[association.Callee].Tag;
            string tag = LineTags.Of(callee ?? "", session.Line.Index);
            LegChange.Name(session[answering], callee is null ? null : tag, callee is null ? null : tag);
            session.RestartTimers();
            worker.World.Events.On(new RelayEvent.SessionUpdated(session));
        }
    }
}
