using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// Offers somebody who is no party what parties of a call send (docs/ng.md, recording servers), on ports of its own: all that are needed
/// are opened, or none. Nothing is sent before the answer.
/// </summary>
public sealed class CallSubscribeOperation : Operation
{
    private readonly CallSubscribeRequest _request;
    private readonly OperationContext _context;

    internal CallSubscribeOperation(CallSubscribeRequest request, OperationContext context)
    {
        _request = request;
        _context = context;
        BeginAt(Step.On(context.WorkerOf(request.CallId), CarryOut));
    }

    /// <summary>In the order in which they are offered; lines keep their place for good.</summary>
    public ImmutableArray<HeardLine> Lines { get; private set; } = [];

    /// <summary>How often this subscriber was offered something, with this time.</summary>
    public int Offers { get; private set; }

    /// <summary>Unlike that of any other subscription of the worker's calls, lately: microseconds since the UNIX epoch.</summary>
    public long SessionNumber { get; private set; }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, _request.CallId, _context, now);
        return known.Settle(known.Call is { } call ? Subscribe(worker, call, now) : Step.Refused(Refusal.UnknownCall));
    }

    private Step Subscribe(RelayWorker worker, Call call, Instant now)
    {
        CallParty? known = call.Facts.FindParty(_request.ToTag);
        Subscription? before = known is null ? null : call.Facts.FindSubscriptionOf(known);
        if (known is not null && before is null)
        {
            return Step.Refused(Refusal.OwnAnswer); // a party does not subscribe to its own call
        }

        List<CallParty> sources = FindSources(call.Facts);
        if (sources.Count == 0)
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        List<SubscribedLine> wanted = FindWanted(worker, call, sources);
        if (wanted.Count == 0)
        {
            return Step.Refused(Refusal.NoCopy);
        }

        CallFacts facts = call.Facts;
        if (known is null)
        {
            known = new CallParty { Number = facts.NextParty, Tag = _request.ToTag, CreatedAt = _request.SignalledAt };
            facts = facts.With(known);
        }

        Subscription subscription = (before ?? new Subscription(facts.NextAssociation, known.Number, [], 0)) with
        {
            Lines = Merge(before?.Lines ?? [], wanted),
            Offers = (before?.Offers ?? 0) + 1,
        };
        facts = facts.With(subscription);
        if (facts.Parties.Length > CallFacts.MaxParties
            || facts.Subscriptions.Length > Subscription.Max
            || subscription.Lines.Length > LinePlace.Max)
        {
            return Step.Refused(Refusal.CallIsFull);
        }

        if (_request.Fits is { } fits && !fits([.. subscription.Lines.Select(line => Foresee(worker, call, line))]))
        {
            return Step.Refused(Refusal.NotWanted);
        }

        if (SubscriberPorts.TryReserve(worker, _context, call, subscription, _request) is not { } ports)
        {
            return Step.Refused(Refusal.NoLegPorts);
        }

        worker.Calls.Change(call, facts);
        ports.Use(worker, call, subscription, _request.ToTag, now);
        Listening.Connect(worker.Calls, call);
        Tell(worker, call, subscription, known.CreatedAt);
        return Step.Done;
    }

    /// <summary>Those who are meant, each once; who only hears is nobody to be heard.</summary>
    private List<CallParty> FindSources(CallFacts facts)
    {
        IEnumerable<CallParty> meant = _request.Sources.IsEmpty
            ? facts.Parties
            : _request.Sources.Select(choice => choice.Find(facts)).OfType<CallParty>().Distinct();
        return [.. meant.Where(party => facts.FindSubscriptionOf(party) is null)];
    }

    /// <summary>Their lines, as far as they are relayed and can be heard by others.</summary>
    private List<SubscribedLine> FindWanted(RelayWorker worker, Call call, List<CallParty> sources)
    {
        var wanted = new List<SubscribedLine>();
        foreach (CallParty party in sources)
        {
            for (int i = 0; i < party.Media.Length; i++)
            {
                if (party.Media[i] is { IsRelayed: true, Memo: not null }
                    && Listening.SpeakerOf(worker.Calls, call, party.Number, i) is not null)
                {
                    wanted.Add(new SubscribedLine(party.Number, i, IsOffered: true, _request.OffersMux));
                }
            }
        }

        return wanted;
    }

    /// <summary>Lines that were told keep their places (RFC 3264, section 8).</summary>
    private static ImmutableArray<SubscribedLine> Merge(ImmutableArray<SubscribedLine> before, List<SubscribedLine> wanted)
    {
        var lines = before.Select(line => line with { IsOffered = false }).ToList();
        foreach (SubscribedLine line in wanted)
        {
            int place = lines.FindIndex(other => other.IsOf(line.Party, line.Index));
            if (place < 0)
            {
                lines.Add(line);
            }
            else
            {
                lines[place] = line with { IsMuxOffered = line.IsMuxOffered || before[place].IsMuxOffered }; // it goes on
            }
        }

        return [.. lines];
    }

    private void Tell(RelayWorker worker, Call call, Subscription subscription, long sessionNumber)
    {
        Offers = subscription.Offers;
        SessionNumber = sessionNumber;
        Lines = [.. subscription.Lines.Select((line, place) => Describe(worker, call, subscription, line, place))];
    }

    private static HeardLine Describe(RelayWorker worker, Call call, Subscription subscription, in SubscribedLine line, int place)
    {
        return line.IsOffered && worker.Calls.Find(call, subscription.Number, place)?.Callee is { Heard: { } heard } hearer
            ? Describe(call.Facts, line, heard, new LinePort(hearer.PortNumber, hearer.Local, line.IsMuxOffered))
            : Describe(call.Facts, line, null, null);
    }

    /// <summary>As it will be offered, but for its port.</summary>
    private static HeardLine Foresee(RelayWorker worker, Call call, in SubscribedLine line) =>
        Describe(call.Facts, line, line.IsOffered ? Listening.SpeakerOf(worker.Calls, call, line.Party, line.Index) : null, null);

    private static HeardLine Describe(CallFacts facts, in SubscribedLine line, Leg? heard, LinePort? port)
    {
        int number = line.Party;
        CallParty? party = facts.Parties.FirstOrDefault(party => party.Number == number);
        MediaDescription said = party is not null && line.Index < party.Media.Length ? party.Media[line.Index] : default;
        if (heard is null)
        {
            return new HeardLine(null, party, line.Index, said, null);
        }

        Association association = facts.FindAssociation(heard.Session.Line.Association)!;
        ImmutableArray<MediaDescription> other = facts[association.PartyAt(heard.Side.Opposite())].Media;
        return new HeardLine(port, party, line.Index, said, line.Index < other.Length ? other[line.Index] : null);
    }
}
