namespace RtpProxy.Relay.Operations.Further;

/// <summary>
/// The sessions that the forks behind one offer name. Other workers may own them, so each is looked for in a visit of its
/// own, before the offer is carried out.
/// </summary>
/// <remarks>Touched by one thread at a time, like the operation it belongs to.</remarks>
internal sealed class ForkSources(IEnumerable<FurtherOperation> further, OperationContext context)
{
    private readonly Queue<FurtherOperation.Fork> _wanted = new(further.OfType<FurtherOperation.Fork>());
    private readonly Dictionary<FurtherOperation.Fork, ForkSource> _found = [];
    private readonly HashSet<FurtherOperation.Fork> _unused = [];

    /// <summary>The worker that owns the next one; null when all have been looked for.</summary>
    public int? NextOwner => _wanted.TryPeek(out FurtherOperation.Fork? fork) ? context.WorkerOf(fork.CallId) : null;

    /// <summary>Looks for the next one on the worker that owns its call.</summary>
    public void LookForNext(RelayWorker worker)
    {
        FurtherOperation.Fork fork = _wanted.Dequeue();
        if (!_found.ContainsKey(fork) && ForkSource.TryFind(worker, fork) is { } source)
        {
            _found.Add(fork, source);
            if (source.HasPlace)
            {
                _unused.Add(fork);
            }
        }
    }

    /// <summary>The fork begins, and its place at the source is no longer ours to give back. False if there is none.</summary>
    public bool TryUse(FurtherOperation.Fork fork) => _unused.Remove(fork);

    /// <summary>Gives back the places of forks that did not begin.</summary>
    public void ReleaseUnused(RelayWorker worker)
    {
        foreach (FurtherOperation.Fork fork in _unused)
        {
            worker.Forks.Release(_found[fork].Session);
        }

        _unused.Clear();
    }

    /// <summary>What <paramref name="fork"/> names; null if there was no such session.</summary>
    public ForkSource? Find(FurtherOperation.Fork fork) => _found.TryGetValue(fork, out ForkSource source) ? source : null;
}
