using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// The sessions that the sub-commands <c>C</c> of one <c>U</c> name. Other workers may own them, so each is looked for in a
/// visit of its own, before the <c>U</c> is carried out.
/// </summary>
/// <remarks>Touched by one thread at a time, like the command it belongs to.</remarks>
internal sealed class ForkSources(IEnumerable<SubCommand> subCommands, CommandContext context)
{
    private readonly Queue<ForkSubCommand> _wanted = new(subCommands.OfType<ForkSubCommand>());
    private readonly Dictionary<ForkSubCommand, ForkSource> _found = [];
    private readonly HashSet<ForkSubCommand> _unused = [];

    /// <summary>To the worker of the next one; null when all have been looked for.</summary>
    public Step? NextVisit =>
        _wanted.TryPeek(out ForkSubCommand? fork) ? Step.On(context.WorkerOf(fork.SourceCall)) : null;

    /// <summary>Looks for the next one on the worker that owns its call. False when none is left.</summary>
    public bool LookForNext(RelayWorker worker)
    {
        if (!_wanted.TryDequeue(out ForkSubCommand? fork))
        {
            return false;
        }

        if (!_found.ContainsKey(fork) && ForkSource.TryFind(worker, fork) is { } source)
        {
            _found.Add(fork, source);
            if (source.HasPlace)
            {
                _unused.Add(fork);
            }
        }

        return true;
    }

    /// <summary>The fork begins, and its place at the source is no longer ours to give back. False if there is none.</summary>
    public bool TryUse(ForkSubCommand fork) => _unused.Remove(fork);

    /// <summary>Gives back the places of forks that did not begin.</summary>
    public void ReleaseUnused(RelayWorker worker)
    {
        foreach (ForkSubCommand fork in _unused)
        {
            worker.Forks.Release(_found[fork].Session);
        }

        _unused.Clear();
    }

    /// <summary>What <paramref name="fork"/> names; null if there was no such session.</summary>
    public ForkSource? Find(ForkSubCommand fork) => _found.TryGetValue(fork, out ForkSource source) ? source : null;
}
