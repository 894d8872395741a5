using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>Two relays behind a Kamailio that runs <c>samples/kamailio/ng-relays.cfg</c>.</summary>
public sealed class TwoNgRelays : IAsyncDisposable
{
    private TwoNgRelays(RelayDaemon first, RelayDaemon second, ChildProcess kamailio, IPEndPoint sip) =>
        (First, Second, Kamailio, Sip) = (first, second, kamailio, sip);

    public RelayDaemon First { get; }

    public RelayDaemon Second { get; }

    public ChildProcess Kamailio { get; }

    /// <summary>Where callers send their requests.</summary>
    public IPEndPoint Sip { get; }

    /// <summary>Starts all three; Kamailio may not answer yet when this returns.</summary>
    /// <param name="arguments">The relays are told besides.</param>
    public static async Task<TwoNgRelays> StartAsync(WorkDirectory directory, params string[] arguments)
    {
        (RelayDaemon first, string firstSocket) = await RelayAsync("first", directory, arguments);
        (RelayDaemon second, string secondSocket) = await RelayAsync("second", directory, arguments);
        IPAddress address = Loopback.NextAddress();
        var sip = new IPEndPoint(address, Loopback.FreeUdpPort(address));
        ChildProcess kamailio = await ChildProcess.StartAsync(
            "kamailio",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", "ng-relays.cfg"),
                "-Y", directory.CreateDirectory("kamailio"), "-P", directory["kamailio.pid"], "-m", "32", "-M", "4",
                "-A", $"LISTEN=udp:{sip}", "-A", $"RELAYS=\"{firstSocket} {secondSocket}\"",
            ],
            directory);
        return new TwoNgRelays(first, second, kamailio, sip);
    }

    public async ValueTask DisposeAsync()
    {
        await Kamailio.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private static async Task<(RelayDaemon Relay, string NgSocket)> RelayAsync(string name, WorkDirectory directory, string[] arguments)
    {
        IPAddress host = Loopback.NextAddress();
        string ng = $"udp:{host}:{Loopback.FreeUdpPort(host)}";
        return (await RelayDaemon.StartAsync(name, "udp", directory, ["--ng", ng, .. arguments]), ng);
    }
}
