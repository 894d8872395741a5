using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Hosting;
using RtpProxy.Hosting.Keeping;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Tests.ControlEndpoints;

namespace RtpProxy.Io.Tests.Keeping;

/// <summary>One of several relays that follow each other at one keeper; commanded over a socket of its own.</summary>
internal sealed class KeptRelay : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-kept-");

    private KeptRelay()
    {
    }

    public RelayHost Host { get; private set; } = null!;

    public StallingLogger Logger { get; } = new();

    public ControlClient Control { get; private set; } = null!;

    /// <summary>What <see cref="RelayHost.Prepare"/> said.</summary>
    public string? Fault { get; private set; }

    /// <summary>Made and prepared.</summary>
    public static KeptRelay Make(
        StandInKeeper keeper, RelayStart start, Legacies? legacies = null, Func<RelayHostOptions, RelayHostOptions>? change = null)
    {
        var relay = new KeptRelay();
        (int lowest, int highest) = FreePorts.Plenty;
        var options = new RelayHostOptions
        {
            Addresses = new BindAddresses { Entries = [LoopbackAddresses.IPv4] },
            ControlSockets = [ControlSocketText.Parse($"cunix:{relay._directory.FullName}/c.sock")],
            PortMin = lowest,
            PortMax = highest,
            Workers = 2,
            Continuity = new Continuity { Keeper = keeper, Legacies = legacies ?? keeper.PassOn(), Start = start },
        };
        relay.Host = new RelayHost(change?.Invoke(options) ?? options, new SingleLoggerFactory(relay.Logger));
        relay.Host.OpenControlSockets();
        relay.Fault = relay.Host.Prepare();
        return relay;
    }

    /// <summary>Made, and relaying.</summary>
    public static async Task<KeptRelay> StartAsync(
        StandInKeeper keeper, RelayStart start, Func<RelayHostOptions, RelayHostOptions>? change = null)
    {
        KeptRelay relay = Make(keeper, start, change: change);
        relay.Fault.ShouldBeNull();
        await relay.StartAsync();
        return relay;
    }

    public async Task StartAsync()
    {
        Host.Start();
        Control = await ControlClient.ConnectAsync($"{_directory.FullName}/c.sock");
    }

    public Task<string> AskAsync(string command) => Control.AskAsync(command + "\n");

    public async ValueTask DisposeAsync()
    {
        if (!_directory.Exists)
        {
            return;
        }

        Control?.Dispose();
        Logger.GoOn();
        await Host.DisposeAsync();
        _directory.Delete(recursive: true);
        _directory.Refresh();
    }

    public static Socket Phone()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    public static int PortOf(Socket phone) => ((IPEndPoint)phone.LocalEndPoint!).Port;

    public static int PortOf(string reply) => int.Parse(reply.Split(' ', '\n')[0], CultureInfo.InvariantCulture);
}
