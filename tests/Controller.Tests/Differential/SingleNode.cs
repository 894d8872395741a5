namespace RtpProxy.Controller.Tests.Differential;

/// <summary>Sets of which each has one node, or one that is not usable.</summary>
public sealed class SingleNode(IRelay? node) : IRelaySelector
{
    public bool HasSet(int set) => true;

    public ValueTask<IRelay?> SelectAsync(string callId, int set, CancellationToken cancellationToken) =>
        ValueTask.FromResult(node);
}
