using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>Two relays behind a Kamailio that runs <c>samples/kamailio/ng-relays.cfg</c>.</summary>
public sealed class TwoNgRelays : IAsyncDisposable
{
    private readonly string _control;

    private TwoNgRelays(RelayDaemon first, RelayDaemon second, ChildProcess kamailio, IPEndPoint sip, string firstSocket, string control) =>
        (First, Second, Kamailio, Sip, FirstSocket, _control) = (first, second, kamailio, sip, firstSocket, control);

    public RelayDaemon First { get; }

    public RelayDaemon Second { get; }

    /// <summary>The ng socket of <see cref="First"/>, as Kamailio names it.</summary>
    public string FirstSocket { get; }

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
        string control = $"unix:{directory["ctl"]}";
        ChildProcess kamailio = await ChildProcess.StartAsync(
            "kamailio",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", "ng-relays.cfg"),
                "-Y", directory.CreateDirectory("kamailio"), "-P", directory["kamailio.pid"], "-m", "32", "-M", "4",
                "-A", $"LISTEN=udp:{sip}", "-A", $"RELAYS=\"{firstSocket} {secondSocket}\"", "-A", $"CTL=\"{control}\"",
            ],
            directory);
        return new TwoNgRelays(first, second, kamailio, sip, firstSocket, control);
    }

    /// <summary>Takes <see cref="First"/> out of service, or back.</summary>
    public async Task EnableFirstAsync(bool isEnabled)
    {
        using WorkingDirectory directory = new();
        ProgramResult result = await ProgramRun.InAsync(
            directory, "kamcmd", "-s", _control, "rtpengine.enable", FirstSocket, isEnabled ? "1" : "0");
        (result.Status, result.Error).ShouldBe((0, ""), result.Output);
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
