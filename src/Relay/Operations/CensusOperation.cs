using System.Collections.Immutable;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// Counts the sessions alive, so many in a visit, and adds up what the workers have counted. Sessions come and go meanwhile: the
/// numbers are true of no single moment.
/// </summary>
public sealed class CensusOperation : Operation
{
    private readonly OperationContext _context;
    private readonly int[] _sessions;
    private VerdictCounts _verdicts;
    private int _toLookAt = int.MaxValue; // sessions of the present worker from here down have not been looked at

    internal CensusOperation(OperationContext context)
    {
        _context = context;
        _sessions = new int[context.WorkerCount];
        BeginAt(Step.On(0, Look));
    }

    /// <summary>Sessions whose parties both have a port.</summary>
    public int Complete { get; private set; }

    public int Incomplete { get; private set; }

    /// <summary>Parties whose packets are being recorded or copied.</summary>
    public int Recorded { get; private set; }

    /// <summary>The sum over all workers.</summary>
    public RelayStatistics Sum { get; } = new();

    /// <summary>Sessions that this is the matter with, as of the last second.</summary>
    public int SessionsWith(VerdictCode code) => _verdicts.Of(code);

    /// <summary>Sessions that somebody should look at, as of the last second.</summary>
    public int SessionsInTrouble => _verdicts.InTrouble;

    /// <summary>Sessions by worker.</summary>
    public ImmutableArray<int> Sessions => [.. _sessions];

    private Step Look(RelayWorker worker, Instant now)
    {
        int visited = 0;

        // Backwards, as in lists: the last session takes the place of one that ends, and has been looked at by then.
        for (_toLookAt = Math.Min(_toLookAt, worker.Sessions.Count - 1); _toLookAt >= 0; _toLookAt--)
        {
            if (visited++ == SessionListOperation.MaxPerVisit)
            {
                return Step.On(worker.Index, Look);
            }

            Count(worker.Sessions.All[_toLookAt], worker.Index);
        }

        _toLookAt = int.MaxValue;
        worker.Statistics.AddTo(Sum);
        worker.Sessions.Verdicts.AddTo(ref _verdicts);
        return Step.OnNext(worker, _context, Look) ?? Step.Done;
    }

    private void Count(Session session, int worker)
    {
        _sessions[worker]++;
        _ = session.IsComplete ? Complete++ : Incomplete++;
        Recorded += (session.Caller.IsRecorded ? 1 : 0) + (session.Callee.IsRecorded ? 1 : 0);
    }
}
