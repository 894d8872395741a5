using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Tells the Call-IDs of the oldest calls, whichever protocol made them (ng protocol).</summary>
public sealed class CallListOperation : Operation
{
    /// <summary>More do not fit into a reply.</summary>
    public const int MaxCalls = 4096;

    private readonly OperationContext _context;
    private readonly int _limit;
    private readonly PriorityQueue<string, (long CreatedAt, string CallId)> _found = new(NewestFirst);

    internal CallListOperation(int limit, OperationContext context)
    {
        _limit = Math.Min(limit, MaxCalls);
        _context = context;
        BeginAt(Step.On(0, Look));
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> CallIds { get; private set; } = [];

    private static Comparer<(long CreatedAt, string CallId)> NewestFirst { get; } =
        Comparer<(long CreatedAt, string CallId)>.Create(static (one, other) => CompareAge(other, one));

    private Step Look(RelayWorker worker, Instant now)
    {
        foreach (Call call in worker.Calls.All)
        {
            Take(call.Facts.CreatedAt, call.CallId);
        }

        long wallNow = _context.WallOf(now);
        foreach (Session session in worker.AllSessions)
        {
            if (session is { Call: null, PreviousOfCall: null } && worker.Calls.Find(session.CallId) is null)
            {
                Take(LooseLines.WallOf(session, now, wallNow), session.CallId);
            }
        }

        return Step.OnNext(worker, _context, Look) ?? Finish();
    }

    /// <summary>Of more than are wanted the newest goes again.</summary>
    private void Take(long createdAt, string callId)
    {
        if (_found.Count < _limit)
        {
            _found.Enqueue(callId, (createdAt, callId));
        }
        else if (_limit > 0)
        {
            _found.EnqueueDequeue(callId, (createdAt, callId));
        }
    }

    private Step Finish()
    {
        string[] calls = new string[_found.Count];
        for (int i = calls.Length - 1; i >= 0; i--)
        {
            calls[i] = _found.Dequeue();
        }

        CallIds = calls;
        return Step.Done;
    }

    private static int CompareAge(in (long CreatedAt, string CallId) one, in (long CreatedAt, string CallId) other) =>
        one.CreatedAt != other.CreatedAt
            ? one.CreatedAt.CompareTo(other.CreatedAt)
            : string.CompareOrdinal(one.CallId, other.CallId);
}
