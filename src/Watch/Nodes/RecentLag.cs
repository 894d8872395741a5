using RtpProxy.Admin;

namespace RtpProxy.Watch.Nodes;

/// <summary>How late the turns of workers were lately, from counts that only grow. Not thread-safe.</summary>
internal sealed class RecentLag
{
    private const int SamplesKept = 6; // One a second.

    private readonly Queue<IReadOnlyList<WorkerFigures>> _samples = new();

    /// <returns>Mean over the last seconds of the worker that is latest; null if that cannot be said yet.</returns>
    public double? Add(IReadOnlyList<WorkerFigures> workers)
    {
        IReadOnlyList<WorkerFigures>? oldest = _samples.Count > 0 ? _samples.Peek() : null;
        _samples.Enqueue(workers);
        if (_samples.Count > SamplesKept)
        {
            _samples.Dequeue();
        }

        return oldest is not null && oldest.Count == workers.Count
            ? oldest.Zip(workers, Mean).Max()
            : null;
    }

    public void Forget() => _samples.Clear();

    private static double? Mean(WorkerFigures before, WorkerFigures now)
    {
        double turns = Turns(now) - Turns(before);
        return turns > 0 ? Math.Max(0, now.LagSeconds.Sums.Sum() - before.LagSeconds.Sums.Sum()) / turns : null;
    }

    private static double Turns(WorkerFigures worker) => worker.LagSeconds.Counts.Sum(count => (double)count);
}
