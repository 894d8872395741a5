namespace RtpProxy.Ctl.Nodes;

/// <summary>The nodes of one command line.</summary>
internal sealed class NodeList(IReadOnlyList<Node> all) : IAsyncDisposable
{
    public IReadOnlyList<Node> All => all;

    public bool AreSeveral => all.Count > 1;

    /// <summary>Asks all at the same time; answers come in the order of the nodes.</summary>
    public Task<T[]> AskAsync<T>(Func<Node, Task<T>> ask) => Task.WhenAll(all.Select(ask));

    public async ValueTask DisposeAsync()
    {
        foreach (Node node in all)
        {
            await node.DisposeAsync();
        }
    }
}
