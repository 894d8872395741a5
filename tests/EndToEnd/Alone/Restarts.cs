using System.Net;
using System.Net.Sockets;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Alone;

/// <summary>The daemon goes away, politely or not, and comes back.</summary>
public sealed class Restarts
{
    [Theory]
    [InlineData("unix")]
    [InlineData("udp")]
    public async Task A_killed_daemon_is_replaced_on_the_same_sockets(string controlKind)
    {
        using var directory = new WorkDirectory();
        await using RelayDaemon first = await RelayDaemon.StartAsync("first", controlKind, directory);
        for (int i = 0; i < 50; i++)
        {
            (await first.AskAsync($"U call{i} 127.0.0.1 4000 from")).ShouldEndWith($" {first.Address}");
        }

        await first.SignalAsync("KILL");
        await first.EndAsync();

        await using RelayDaemon? second = await RelayDaemon.TryStartAsync("second", first.Address, first.Socket, directory);
        second.ShouldNotBeNull(await File.ReadAllTextAsync(directory["second.log"], TestContext.Current.CancellationToken));
        (await second.AskAsync("Q call1 from")).ShouldBe("E50");
        (await second.AskAsync("U call1 127.0.0.1 4000 from")).ShouldEndWith($" {first.Address}");
    }

    [Fact]
    public async Task A_daemon_killed_with_open_connections_is_replaced_on_the_same_tcp_port()
    {
        using var directory = new WorkDirectory();
        await using RelayDaemon first = await RelayDaemon.StartAsync("first", "unix", directory);
        int port = FreeTcpPort(first.Address);
        string[] arguments = ["-s", $"tcp:{first.Address}:{port}"];
        await first.SignalAsync("KILL");
        await first.EndAsync();

        for (int life = 1; life <= 3; life++)
        {
            await using RelayDaemon? daemon =
                await RelayDaemon.TryStartAsync($"life{life}", first.Address, first.Socket, directory, arguments);
            daemon.ShouldNotBeNull($"life {life}");
            using var client = new LineControlClient(new IPEndPoint(first.Address, port));
            (await client.AskAsync("V")).ShouldBe("20040107");

            // The daemon's end closes first, so its port stays in TIME_WAIT.
            await daemon.SignalAsync(life == 1 ? "KILL" : "TERM");
            await daemon.EndAsync();
        }
    }

    [Fact]
    public async Task An_asked_end_drops_a_live_call_at_once_and_removes_the_socket()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        await call.ExchangeAsync();
        await relay.Daemon.SignalAsync("TERM");
        (await relay.Daemon.EndAsync()).ShouldBe(0);
        File.Exists(relay.Directory["relay.sock"]).ShouldBeFalse();
        File.Exists(relay.Directory["relay.pid"]).ShouldBeFalse();
        Loopback.IsFree(call.FacingCaller).ShouldBeTrue();
    }

    [Fact]
    public async Task A_slow_shutdown_lets_a_live_call_finish_and_takes_no_new_one()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        await call.ExchangeAsync();
        await relay.Daemon.SignalAsync("HUP");
        await Eventually.TrueAsync(
            async () => await relay.AskAsync("U other 127.0.0.1 4000 from && D") == "E99", () => "new sessions are still accepted");
        for (int i = 0; i < 10; i++)
        {
            await call.OfferAsync();
            await call.ExchangeAsync();
        }

        call.ShouldBeUndisturbed();
        await call.DeleteAsync();
        (await relay.Daemon.EndAsync()).ShouldBe(0);
    }

    private static int FreeTcpPort(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
