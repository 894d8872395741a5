using System.Collections.Immutable;

namespace RtpProxy.Controller.Relays;

/// <summary>A numbered set: its nodes in order, and which of them serves a call. Immutable but for the nodes' own state.</summary>
internal sealed class RelaySet(int id, ImmutableArray<RelaySetMember> members, RelaySetsOptions options, TimeProvider time)
{
    public int Id => id;

    public ImmutableArray<RelaySetMember> Members => members;

    /// <summary>The same nodes with the same weights in the same order, so that every call is placed as before.</summary>
    public bool IsSameAs(RelaySet other) => members.AsSpan().SequenceEqual(other.Members.AsSpan());

    private IEnumerable<RelayNode> Nodes => members.Select(member => member.Node);

    /// <summary>The node for a call, after probing those whose recheck time has come; null if none is usable.</summary>
    public async ValueTask<RelayNode?> SelectAsync(string callId, CancellationToken cancellationToken)
    {
        await ProbeAsync([.. Nodes.Where(node => node.IsDue)], cancellationToken).ConfigureAwait(false);
        if (members is [var only])
        {
            return only.Node.IsEnabled ? only.Node : null; // Whatever its weight, and not before its recheck time.
        }

        if (Choose(callId, _ => true) is { } chosen)
        {
            return chosen;
        }

        await ProbeAsync([.. Nodes.Where(node => node.MayBeForced)], cancellationToken).ConfigureAwait(false);
        return Choose(callId, _ => true);
    }

    /// <summary>
    /// Another node for a new call than the one that its Call-ID names: one that does not rest, else one that does; null if
    /// there is none.
    /// </summary>
    /// <param name="callId">The Call-ID.</param>
    /// <param name="tried">Nodes that have failed this very call.</param>
    public RelayNode? SelectOther(string callId, IReadOnlyCollection<IRelay> tried) =>
        Choose(callId, node => !node.IsResting && !tried.Contains(node)) ?? Choose(callId, node => !tried.Contains(node));

    /// <summary>The sum of all bytes of the Call-ID, modulo 256: what spreads calls over nodes.</summary>
    internal static int SumOf(string callId)
    {
        int sum = 0;
        foreach (char character in callId)
        {
            sum += character;
        }

        return sum & 0xFF;
    }

    private RelayNode? Choose(string callId, Func<RelayNode, bool> isWanted)
    {
        ImmutableArray<RelaySetMember> enabled = [.. members.Where(member => member.Node.IsEnabled && isWanted(member.Node))];
        long total = enabled.Sum(member => (long)member.Weight);
        if (total == 0)
        {
            return null;
        }

        long share = SumOf(callId) % total;
        foreach (RelaySetMember member in enabled)
        {
            if (share < member.Weight)
            {
                return member.Node;
            }

            share -= member.Weight;
        }

        throw new System.Diagnostics.UnreachableException("The share is below the sum of the weights.");
    }

    /// <summary>
    /// Waits for probes, but never longer than a caller can bear: a moment while other nodes could take the call, one
    /// reply timeout when none can. Probes that take longer go on without us.
    /// </summary>
    private async Task ProbeAsync(RelayNode[] due, CancellationToken cancellationToken)
    {
        if (due.Length == 0)
        {
            return;
        }

        Task[] probes = [.. due.Select(node => node.ProbeAsync())];
        if (Array.TrueForAll(probes, probe => probe.IsCompleted))
        {
            return;
        }

        // What was usable before the probes began can take the call.
        bool hasOthers = Nodes.Any(node => node.IsEnabled);
        TimeSpan patience = hasOthers ? options.ProbePatience : options.Client.ReplyTimeout;
        Task enough = hasOthers ? Task.WhenAll(probes) : UntilOneIsUsableAsync(probes);
        try
        {
            await enough.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Not back yet, as far as this call can wait.
        }
    }

    private async Task UntilOneIsUsableAsync(Task[] probes)
    {
        List<Task> waiting = [.. probes];
        while (waiting.Count > 0 && !Nodes.Any(node => node.IsEnabled))
        {
            waiting.Remove(await Task.WhenAny(waiting).ConfigureAwait(false));
        }

        // Nodes that come back together share the calls from the first one on.
        await Task.WhenAny(Task.WhenAll(probes), Task.Delay(options.ProbePatience, time)).ConfigureAwait(false);
    }
}
