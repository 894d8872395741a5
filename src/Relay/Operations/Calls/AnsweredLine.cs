using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>What an answer over RTPproxy's protocol is to the call that its session is a line of (ng protocol, section 6.7).</summary>
internal static class AnsweredLine
{
    /// <summary>What was offered counts, for all lines, and the party that answers has a name.</summary>
    /// <param name="tag">Of the party that answers; null where it was not told.</param>
    public static void Tell(RelayWorker worker, Leg speaker, string? tag, Instant now)
    {
        if (speaker.Session.Call is not { } call
            || call.Facts.FindAssociation(speaker.Session.Line.Association) is not { } association)
        {
            return;
        }

        CallFacts facts = call.Facts;
        CallParty answerer = facts[association.PartyAt(speaker.Side)];
        if (tag is not null && TagRules.WithoutMedia(tag) is var name && facts.FindParty(name) is null)
        {
            facts = facts.With(answerer.Named(name));
        }

        facts = CallAnswerOperation.TakeOffer(worker, call, association, speaker.Side, facts, now);
        worker.Calls.Change(call, facts.With(association with { IsAnswered = true, Pending = null }));
        PartyGates.Set(worker, call);
        Listening.Connect(worker.Calls, call);
        worker.Calls.EndAt(call, null);
    }
}
