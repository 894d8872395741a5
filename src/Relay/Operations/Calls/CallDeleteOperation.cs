using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Ends a call or a branch of it (ng protocol); refused when nothing is meant by the tags.</summary>
public sealed class CallDeleteOperation : Operation
{
    private readonly CallDeleteRequest _request;
    private readonly OperationContext _context;

    internal CallDeleteOperation(CallDeleteRequest request, OperationContext context)
    {
        _request = request;
        _context = context;
        BeginAt(Step.On(context.WorkerOf(request.CallId), CarryOut));
    }

    /// <summary>The call as it was before it ended; of one that ended lately, as it was then.</summary>
    public CallReport? Report { get; private set; }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, _request.CallId, _context, now);
        if (known.Call is { } call)
        {
            return known.Settle(Delete(worker, call, now));
        }

        Report = worker.Calls.FindEnded(_request.CallId);
        return Report is null ? Step.Refused(Refusal.UnknownCall) : Step.Done;
    }

    private Step Delete(RelayWorker worker, Call call, Instant now)
    {
        CallFacts facts = call.Facts;
        Report = CallReports.Of(worker.Calls, call, now);
        if (FindSubscription(facts) is { } subscription)
        {
            CallEnds.End(worker, call, subscription, now);
            return Step.Done;
        }

        if (!TrySelect(facts, out Association? one))
        {
            Report = null;
            return Step.Refused(Refusal.UnknownParty);
        }

        if (one is null || facts.Associations.Length == 1)
        {
            EndAll(worker, call, now);
        }
        else
        {
            CallEnds.End(worker, call, one, now);
        }

        return Step.Done;
    }

    /// <summary>The one whom the tags name only hears: the call goes on without it.</summary>
    private Subscription? FindSubscription(CallFacts facts) =>
        (_request.ToTag ?? _request.FromTag) is { Length: > 0 } tag && facts.FindParty(tag) is { } party ? facts.FindSubscriptionOf(party) : null;

    private void EndAll(RelayWorker worker, Call call, Instant now)
    {
        if (_request.Delay > TimeSpan.Zero)
        {
            worker.Calls.EndAt(call, now + _request.Delay);
        }
        else
        {
            CallEnds.End(worker.Calls, worker.Life, call, now);
        }
    }

    /// <param name="one">Null for all of the call.</param>
    private bool TrySelect(CallFacts facts, out Association? one)
    {
        one = _request.ViaBranch is { } branch
            ? facts.Associations.LastOrDefault(association => facts[association.Callee].ViaBranch == branch)
            : null;
        if (string.IsNullOrEmpty(_request.FromTag))
        {
            // A branch without a tag means that branch only, unless it is the one that talks.
            one = one is { IsAnswered: false } ? one : null;
            return true;
        }

        if (_request.ToTag is null && one is not null)
        {
            return true;
        }

        string named = _request.ToTag ?? _request.FromTag;
        if (facts.FindParty(named) is { } party)
        {
            one = OnlyOneOf(facts, party);
            return true;
        }

        if (one is not null)
        {
            return true;
        }

        // Who gives up before any answer means all that rings, whatever the tag of who did not answer.
        if (_request.ToTag is not null
            && facts.FindParty(_request.FromTag) is { } offerer
            && facts.FindSubscriptionOf(offerer) is null
            && !facts.Associations.Any(association => association.Has(offerer.Number) && association.IsAnswered))
        {
            one = OnlyOneOf(facts, offerer);
            return true;
        }

        return false;
    }

    /// <summary>The one association of a party; null where it has several, which end with it and so does the call.</summary>
    private static Association? OnlyOneOf(CallFacts facts, CallParty party)
    {
        var all = facts.Associations.Where(association => association.Has(party.Number)).ToList();
        return all.Count == 1 ? all[0] : null;
    }
}
