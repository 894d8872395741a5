using System.Net;
using RtpProxy.Controller.Relays;
using RtpProxy.Hosting;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>A relay host and the private directory of its control socket.</summary>
internal sealed class InProcessRelay(RelayHost host, RelayAddress address, string directory) : IRunningRelay
{
    public RelayAddress Address => address;

    public long PacketRate => host.PacketRate;

    public void Protect(IEnumerable<IPEndPoint> sockets) => host.Protect(sockets);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(directory, recursive: true);
    }
}
