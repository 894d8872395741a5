using RtpProxy.Controller.Relays;

namespace RtpProxy.Ctl;

/// <summary>The nodes of one command line.</summary>
internal sealed class RelayClients(IReadOnlyList<RelayClient> all) : IAsyncDisposable
{
    public IReadOnlyList<RelayClient> All => all;

    public bool AreSeveral => all.Count > 1;

    /// <summary>Asks all nodes at the same time; answers come in the order of the nodes.</summary>
    public Task<T[]> AskAsync<T>(Func<RelayClient, Task<T>> ask) => Task.WhenAll(all.Select(ask));

    public async ValueTask DisposeAsync()
    {
        foreach (RelayClient client in all)
        {
            await client.DisposeAsync();
        }
    }
}
