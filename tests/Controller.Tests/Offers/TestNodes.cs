namespace RtpProxy.Controller.Tests.Offers;

/// <summary>
/// Nodes that are handed out one after the other, the last one again and again; none of them is ever disabled.
/// </summary>
internal sealed class TestNodes(params IRelay?[] nodes) : IRelaySelector
{
    private int _next;

    /// <summary>For which Call-IDs and sets a node was asked for.</summary>
    public List<(string CallId, int Set)> Asked { get; } = [];

    public bool HasSet(int set) => true;

    public ValueTask<IRelay?> SelectAsync(string callId, int set, CancellationToken cancellationToken)
    {
        Asked.Add((callId, set));
        return ValueTask.FromResult(nodes.Length == 0 ? null : nodes[Math.Min(_next++, nodes.Length - 1)]);
    }
}
