using System.Diagnostics.Metrics;

namespace RtpProxy.Controller.Relays;

/// <summary>How a program hears of its nodes: events, lines of a log, a gauge.</summary>
public sealed partial class RelaySets
{
    /// <summary>
    /// A node gets no more calls: it did not answer, is not what it should be, or was switched off. Raised on the thread that noticed it,
    /// outside of all locks; handlers are quick.
    /// </summary>
    public event EventHandler<RelayNodeEventArgs>? NodeDown;

    /// <summary>A node gets calls: it has answered its first probe, or is back. Raised as <see cref="NodeDown"/> is.</summary>
    public event EventHandler<RelayNodeEventArgs>? NodeUp;

    /// <summary>
    /// Probes the nodes that are new or whose time has come after a failure. Calls do so by themselves; who wants to hear of nodes while
    /// there are none asks now and then.
    /// </summary>
    public async Task ProbeDueAsync(CancellationToken cancellationToken = default)
    {
        Task[] probes = [.. Members(Present()).Select(member => member.Node).Where(node => node.IsDue).Select(node => node.ProbeAsync())];
        await Task.WhenAll(probes).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void OnChanged(RelayNode node, string? problem)
    {
        if (problem is null)
        {
            Log.NodeUp(_logger, node.Name);
        }
        else
        {
            Log.NodeDown(_logger, node.Name, problem);
        }

        try
        {
            (problem is null ? NodeUp : NodeDown)?.Invoke(this, new RelayNodeEventArgs(node.Name, problem ?? ""));
        }
#pragma warning disable CA1031 // Whatever a stranger's handler throws, the command that noticed the change goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(_logger, exception, node.Name);
        }
    }

    private IEnumerable<Measurement<int>> MeasureNodes() =>
        from set in Present()
        from member in set.Members
        select new Measurement<int>(
            member.Node.IsEnabled ? 1 : 0,
            new KeyValuePair<string, object?>("rtpproxy.set", set.Id),
            new KeyValuePair<string, object?>("rtpproxy.relay", member.Node.Name));
}
