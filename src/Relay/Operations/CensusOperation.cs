using System.Collections.Immutable;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// Adds up what the workers have counted, and how many sessions there are, of which kinds. It looks at none of them: it is asked
/// every second. Sessions come and go meanwhile: the numbers are true of no single moment.
/// </summary>
public sealed class CensusOperation : Operation
{
    private readonly OperationContext _context;
    private readonly int[] _sessions;
    private VerdictCounts _verdicts;

    internal CensusOperation(OperationContext context)
    {
        _context = context;
        _sessions = new int[context.WorkerCount];
        BeginAt(Step.On(0, Look));
    }

    /// <summary>Sessions whose parties both have a port.</summary>
    public int Complete { get; private set; }

    public int Incomplete => _sessions.Sum() - Complete;

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
        _sessions[worker.Index] = worker.Sessions.Count;
        Complete += worker.Sessions.Complete;
        Recorded += worker.Recorders.Count + worker.Copies.Count;
        worker.Statistics.AddTo(Sum);
        worker.Sessions.Verdicts.AddTo(ref _verdicts);
        return Step.OnNext(worker, _context, Look) ?? Step.Done;
    }
}
