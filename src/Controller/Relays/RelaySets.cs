using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Controller.Diagnostics;

namespace RtpProxy.Controller.Relays;

/// <summary>
/// All sets of nodes of a controller: chooses the node for a call as the module does, leaves failed nodes alone for a
/// while, lists them, switches them by hand, and takes a new configuration while calls are up.
/// </summary>
/// <remarks>
/// Thread-safe. Never remembers a call to place it: the Call-ID decides among the nodes that are up. The exceptions are
/// calls that began under an earlier configuration, and calls that a full or draining node has refused: they stay on the
/// node that they were given while it is up.
/// </remarks>
public sealed partial class RelaySets : IRelaySelector, IAsyncDisposable, IDisposable
{
    private const int MaxDescribed = 3;

    private readonly Lock _gate = new();
    private readonly Meter _meter = new(RtpProxyTelemetry.MeterName);
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Dictionary<RelayNode, ITimer> _draining = [];
    private readonly CallPlacements _placements;
    private ImmutableArray<RelaySet> _sets = []; // In order of definition; few enough to be searched.
    private RelaySetsOptions _options;
    private bool _isDisposed;

    /// <param name="sets">Several definitions of one set add up, in order. None at all is no error; calls then find no node.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="time">Null for the system's.</param>
    /// <param name="logger">Gets a line for each node that goes down, comes up or rests; null for none.</param>
    public RelaySets(
        IEnumerable<RelaySetDefinition> sets,
        RelaySetsOptions? options = null,
        TimeProvider? time = null,
        ILogger<RelaySets>? logger = null)
    {
        _logger = logger ?? NullLogger<RelaySets>.Instance;
        _options = options ?? RelaySetsOptions.Default;
        _time = time ?? TimeProvider.System;
        _placements = new CallPlacements(_options.MaxRememberedCalls);
        Replace(sets);
        _meter.CreateObservableGauge("rtpproxy.client.relay.up", MeasureNodes, null, "Whether a relay gets calls: 1 or 0.");
    }

    /// <summary>Probes every node, all at the same time, as the module does when it starts. A node that fails is disabled.</summary>
    public async Task ProbeAllAsync(CancellationToken cancellationToken = default)
    {
        Task[] probes = [.. Members(Present()).Select(member => member.Node.ProbeAsync())];
        await Task.WhenAll(probes).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public bool HasSet(int set) => Find(Present(), set) is not null;

    /// <inheritdoc/>
    public async ValueTask<IRelay?> SelectAsync(string callId, int set, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callId);
        if (Find(Present(), set) is not { } chosen)
        {
            return null;
        }

        if (FindStray(callId, chosen) is { IsEnabled: true } stray)
        {
            return stray;
        }

        RelayNode? node = await chosen.SelectAsync(callId, cancellationToken).ConfigureAwait(false);
        Remember(callId, chosen, node, isStray: false);
        return node;
    }

    /// <inheritdoc/>
    public async ValueTask<IRelay?> SelectForNewCallAsync(
        string callId, int set, IReadOnlyCollection<IRelay> tried, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callId);
        ArgumentNullException.ThrowIfNull(tried);
        if (Find(Present(), set) is not { } chosen)
        {
            return null;
        }

        // The same offer once more, or another branch of it: its session is where it was.
        if (FindPlaced(callId, chosen) is { IsEnabled: true } placed && !tried.Contains(placed))
        {
            return placed;
        }

        RelayNode? named = await chosen.SelectAsync(callId, cancellationToken).ConfigureAwait(false);
        RelayNode? node = named is null || (!named.IsResting && !tried.Contains(named)) ? named : chosen.SelectOther(callId, tried);
        Remember(callId, chosen, node, isStray: node != named);
        return node;
    }

    /// <inheritdoc/>
    public string DescribeOutage(int set)
    {
        if (!HasSet(set))
        {
            return "there is no such set";
        }

        string[] problems = [.. List()
            .Where(node => node.SetId == set && node.Problem.Length > 0)
            .Select(node => $"{node.Url}: {node.Problem}")];
        string more = problems.Length > MaxDescribed ? $"; and {problems.Length - MaxDescribed} more" : "";
        return string.Join("; ", problems.Take(MaxDescribed)) + more;
    }

    /// <summary>Every node of every set, in order of definition (<c>nh_show_rtpp</c>, <c>rtpproxy.list</c>).</summary>
    public IReadOnlyList<RelayNodeStatus> List()
    {
        List<RelayNodeStatus> lines = [];
        foreach (RelaySet set in Present())
        {
            foreach ((RelayNode node, int index, int weight) in set.Members)
            {
                (bool isDisabled, bool isUnprobed, long recheck, string problem) = node.Describe();
                lines.Add(new RelayNodeStatus(set.Id, node.Name, index, isDisabled, weight, recheck)
                {
                    IsUnprobed = isUnprobed,
                    Problem = problem,
                });
            }
        }

        return lines;
    }

    /// <summary>
    /// Switches every node with exactly this address, in all sets (<c>nh_enable_rtpp</c>). A node that is switched off
    /// stays so until it is switched on; one that is switched on serves the next call without a probe.
    /// </summary>
    /// <param name="url">The address as configured; case matters.</param>
    /// <returns>False if no node has this address.</returns>
    public bool SetEnabled(string url, bool enabled)
    {
        RelaySetMember[] named = [.. Members(Present()).Where(member => member.Node.Name == url)];
        foreach (RelaySetMember member in named)
        {
            member.Node.SetEnabled(enabled);
        }

        return named.Length > 0;
    }

    /// <summary>
    /// Takes a new configuration. Nodes that stay keep their connections and their state; new ones are probed before
    /// their first call; those that are gone get no new calls, but keep theirs for <see cref="RelaySetsOptions.DrainTime"/>.
    /// </summary>
    /// <param name="options">New options, or null to keep those in force.</param>
    public void Replace(IEnumerable<RelaySetDefinition> sets, RelaySetsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sets);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _options = options ?? _options;
            List<RelayNode> former = [.. Members(_sets).Select(member => member.Node), .. _draining.Keys];
            List<(int Id, List<RelaySetMember> Members)> next = [];
            int index = 0;
            foreach (RelaySetDefinition set in sets)
            {
                if (set.Nodes.Count > 0 && !next.Exists(one => one.Id == set.Id))
                {
                    next.Add((set.Id, []));
                }

                foreach (RelayNodeDefinition node in set.Nodes)
                {
                    next.Find(one => one.Id == set.Id).Members.Add(new RelaySetMember(TakeOrCreate(former, node), index++, node.Weight));
                }
            }

            ImmutableArray<RelaySet> present = _sets;
            _sets = [.. next.Select(set => KeepOrCreate(present, set.Id, [.. set.Members]))];
            foreach (RelayNode node in former)
            {
                Drain(node);
            }
        }
    }

    /// <summary>As <see cref="DisposeAsync"/>, for containers that are disposed so; waits until no probe is under way.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Ends what is under way. Calls find no node from here on.</summary>
    public async ValueTask DisposeAsync()
    {
        RelayNode[] all;
        lock (_gate)
        {
            _isDisposed = true;
            all = [.. Members(_sets).Select(member => member.Node), .. _draining.Keys];
            foreach (ITimer timer in _draining.Values)
            {
                timer.Dispose();
            }

            _draining.Clear();
        }

        _meter.Dispose();
        foreach (RelayNode node in all)
        {
            await node.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static RelaySet? Find(ImmutableArray<RelaySet> sets, int id)
    {
        foreach (RelaySet set in sets)
        {
            if (set.Id == id)
            {
                return set;
            }
        }

        return null;
    }

    private static IEnumerable<RelaySetMember> Members(ImmutableArray<RelaySet> sets) => sets.SelectMany(set => set.Members);

    private ImmutableArray<RelaySet> Present()
    {
        lock (_gate)
        {
            return _sets;
        }
    }

    private RelaySet KeepOrCreate(ImmutableArray<RelaySet> present, int id, ImmutableArray<RelaySetMember> members)
    {
        var set = new RelaySet(id, members, _options, _time);
        return Find(present, id) is { } kept && kept.IsSameAs(set) ? kept : set;
    }

    private RelayNode? FindStray(string callId, RelaySet present)
    {
        lock (_gate)
        {
            return _placements.FindStray(callId, present);
        }
    }

    private RelayNode? FindPlaced(string callId, RelaySet present)
    {
        lock (_gate)
        {
            return _placements.Find(callId, present);
        }
    }

    private void Remember(string callId, RelaySet set, RelayNode? node, bool isStray)
    {
        if (node is null)
        {
            return;
        }

        lock (_gate)
        {
            _placements.Remember(callId, set, node, isStray);
        }
    }

    private RelayNode TakeOrCreate(List<RelayNode> former, RelayNodeDefinition definition)
    {
        int at = former.FindIndex(node => node.CanServe(definition, _options));
        if (at < 0)
        {
            return new RelayNode(definition, _options, _time, _logger, OnChanged);
        }

        RelayNode kept = former[at];
        former.RemoveAt(at);
        if (_draining.Remove(kept, out ITimer? timer))
        {
            timer.Dispose();
        }

        return kept;
    }

    private void Drain(RelayNode node)
    {
        if (!_draining.ContainsKey(node))
        {
            _draining[node] = _time.CreateTimer(
                _ => OnDrained(node), null, _options.DrainTime, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDrained(RelayNode node)
    {
        lock (_gate)
        {
            if (!_draining.Remove(node, out ITimer? timer))
            {
                return;
            }

            timer.Dispose();
        }

        _ = node.DisposeAsync().AsTask();
    }
}
