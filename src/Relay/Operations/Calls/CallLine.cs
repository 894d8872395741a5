using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// What an offer or an answer over RTPproxy's protocol is to the call that its session is a line of (docs/ng.md, both protocols on one call). It counts
/// at once, as that protocol has it. Nothing is done for sessions that are lines of none.
/// </summary>
internal static class CallLine
{
    /// <summary>The branch that is spoken of gets the caller's ports, if another one has them.</summary>
    public static void Connect(RelayWorker worker, Leg answered, Instant now)
    {
        if (answered is { Side: Side.Caller, Ports: null } && Find(answered) is var (call, association))
        {
            CallAnswerOperation.Connect(worker, call, association, now);
        }
    }

    /// <summary>What waited for an answer is replaced, and a deletion that was put off is taken back.</summary>
    /// <param name="tag">Of the party that offers.</param>
    /// <param name="otherTag">Of the other one; null where it was not told.</param>
    public static void OnOffered(
        RelayWorker worker, Leg speaker, LegRequest said, string tag, string? otherTag, OperationContext context, Instant now)
    {
        if (Find(speaker) is not var (call, association))
        {
            return;
        }

        int other = association.PartyAt(speaker.Side.Opposite());
        CallFacts facts = Named(call.Facts, association.PartyAt(speaker.Side), tag);
        facts = facts[other].Tag is null ? Named(facts, other, otherTag) : facts;
        Change(worker, call, association, association with { Pending = null, Crossed = null, Taken = null }, Told(facts, association, speaker, said), context, now);
    }

    /// <summary>What was offered counts, for all lines, and the party that answers has a name.</summary>
    /// <param name="tag">Of the party that answers; null where it was not told.</param>
    public static void OnAnswered(RelayWorker worker, Leg speaker, LegRequest said, string? tag, OperationContext context, Instant now)
    {
        if (Find(speaker) is not var (call, association))
        {
            return;
        }

        CallFacts facts = Named(call.Facts, association.PartyAt(speaker.Side), tag);
        facts = CallAnswerOperation.TakeOffer(worker, call, association, speaker.Side, facts, now);
        Association answered = association with { IsAnswered = true, Pending = null, Crossed = null, Taken = null };
        Change(worker, call, association, answered, Told(facts, association, speaker, said), context, now);
    }

    private static (Call Call, Association Association)? Find(Leg leg) =>
        leg.Session.Call is { } call && call.Facts.FindAssociation(leg.Session.Line.Association) is { } association
            ? (call, association)
            : null;

    private static void Change(
        RelayWorker worker, Call call, Association before, Association after, CallFacts facts, OperationContext context, Instant now)
    {
        bool wasHeld = CallPatience.IsHeld(call.Facts, before);
        facts = facts.With(after) with { SignalledAt = context.WallOf(now) };
        worker.Calls.Change(call, facts);
        if (after.IsAnswered && (!before.IsAnswered || wasHeld != CallPatience.IsHeld(facts, after)))
        {
            CallPatience.Set(worker, call, after);
        }

        PartyGates.Set(worker, call);
        Listening.Connect(worker.Calls, call);
        worker.Calls.EndAt(call, null);
    }

    /// <summary>A tag that nobody else in the call has.</summary>
    private static CallFacts Named(CallFacts facts, int party, string? tag) =>
        tag is not null && TagRules.WithoutMedia(tag) is var name && (facts.FindParty(name)?.Number ?? party) == party
            ? facts.With(facts[party].Named(name))
            : facts;

    /// <summary>Where the party wants its media replaces what it said of that over ng.</summary>
    private static CallFacts Told(CallFacts facts, Association association, Leg speaker, LegRequest said)
    {
        if (said.Remote is not { } remote)
        {
            return facts;
        }

        if (!remote.IsUnspecified)
        {
            speaker.Gates &= ~MediaGates.Toward; // a hold of that protocol stops nothing, and lets nothing go
        }

        CallParty party = facts[association.PartyAt(speaker.Side)];
        ImmutableArray<MediaDescription> media = LooseLines.Describe(party.Media, speaker.Session.Line.Index, speaker);
        return facts.With(party with { Media = media });
    }
}
