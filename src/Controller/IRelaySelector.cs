namespace RtpProxy.Controller;

/// <summary>The numbered sets of nodes, asked for the node that serves a call.</summary>
/// <remarks>Implementations are thread-safe.</remarks>
public interface IRelaySelector
{
    /// <summary>True when a set with this number is defined, whether or not any of its nodes is up.</summary>
    bool HasSet(int set);

    /// <summary>
    /// The node for a call by weight and Call-ID, so that a call stays on its node while the set does not change.
    /// Disabled nodes are passed over, those whose recheck time has come are probed first, which is why this can wait.
    /// </summary>
    /// <param name="callId">
    /// The Call-ID as in the header, surrounding blanks trimmed, without the suffix of flags 1, 2, 3, b.
    /// </param>
    /// <param name="set">Number of the set; 0 is the default set.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A usable node, or null: no such set, no nodes, or all are down.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<IRelay?> SelectAsync(string callId, int set, CancellationToken cancellationToken);

    /// <summary>Why a set has no node to give, in a clause for a person; empty when that is not known.</summary>
    string DescribeOutage(int set) => "";

    /// <summary>
    /// The node for the first offer of a call: as <see cref="SelectAsync"/>, but a node that was full or drained a moment ago
    /// is passed over as long as there are others. <see cref="SelectAsync"/> must go on giving this call the node that it
    /// was given here.
    /// </summary>
    /// <param name="callId">The Call-ID, as for <see cref="SelectAsync"/>.</param>
    /// <param name="set">Number of the set.</param>
    /// <param name="tried">Nodes that have refused this very call, or did not answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A usable node that is none of <paramref name="tried"/>, or null.</returns>
    ValueTask<IRelay?> SelectForNewCallAsync(
        string callId, int set, IReadOnlyCollection<IRelay> tried, CancellationToken cancellationToken) =>
        SelectAsync(callId, set, cancellationToken);
}
