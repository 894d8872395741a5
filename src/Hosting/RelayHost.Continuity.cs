using RtpProxy.Io.Net.ControlEndpoints;

namespace RtpProxy.Hosting;

/// <content>How another process goes on where this one is, and this one where another was.</content>
public sealed partial class RelayHost
{
    /// <summary>
    /// Stands still, so that another process can go on with all that this one does: commands that are under way come to their end,
    /// no other is read, no packet is read or sent. What comes waits in the kernel.
    /// </summary>
    /// <returns>False, and all goes on, when that takes longer than <paramref name="patience"/>.</returns>
    public Task<bool> FreezeAsync(TimeSpan patience) => _standstill.TryReachAsync((_, _) => { }, patience);

    /// <summary>Goes on as if nothing had been asked.</summary>
    public void Thaw() => _standstill.Release();

    private void LetGoOfSockets()
    {
        foreach (IControlEndpoint endpoint in _endpoints)
        {
            endpoint.LetGo();
        }

        Admin?.LetGo();
    }
}
