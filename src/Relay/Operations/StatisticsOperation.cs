using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Operations;

/// <summary>Visits all workers and adds up what they count (control protocol, sections 3.13, 3.14 and 9).</summary>
public sealed class StatisticsOperation : Operation
{
    private readonly OperationContext _context;
    private VerdictCounts _verdicts;

    internal StatisticsOperation(OperationContext context)
    {
        _context = context;
        BeginAt(Step.On(0, Add));
    }

    /// <summary>The sum over all workers.</summary>
    public RelayStatistics Sum { get; } = new();

    /// <summary>Calls alive that are offered and answered whole.</summary>
    public int Calls { get; private set; }

    /// <summary>Sessions alive.</summary>
    public int Sessions { get; private set; }

    /// <summary>Sessions alive that this is the matter with, as of the last second.</summary>
    public int SessionsWith(VerdictCode code) => _verdicts.Of(code);

    private Step Add(RelayWorker worker, Instant now)
    {
        worker.Statistics.AddTo(Sum);
        Calls += worker.Calls.Count;
        Sessions += worker.Sessions.Count;
        worker.Sessions.Verdicts.AddTo(ref _verdicts);
        return Step.OnNext(worker, _context, Add) ?? Step.Done;
    }
}
