namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Tells the Call-IDs of the oldest calls (ng protocol, section 3.6).</summary>
public sealed class CallListOperation : Operation
{
    /// <summary>More do not fit into a reply.</summary>
    public const int MaxCalls = 4096;

    private readonly OperationContext _context;
    private readonly int _limit;
    private readonly List<(long CreatedAt, string CallId)> _found = [];

    internal CallListOperation(int limit, OperationContext context)
    {
        _limit = Math.Min(limit, MaxCalls);
        _context = context;
        BeginAt(Step.On(0, Look));
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> CallIds => [.. _found.Select(call => call.CallId)];

    private Step Look(RelayWorker worker, Instant now)
    {
        _found.AddRange(worker.Calls.All.Select(call => (call.Facts.CreatedAt, call.CallId)).Order().Take(_limit));
        _found.Sort();
        if (_found.Count > _limit)
        {
            _found.RemoveRange(_limit, _found.Count - _limit);
        }

        return Step.OnNext(worker, _context, Look) ?? Step.Done;
    }
}
