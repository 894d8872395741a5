using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>Controllers such as OpenSIPS take time-outs only from the address of the node's control socket.</summary>
public class NoticeSenderTests
{
    [Theory]
    [InlineData("udp:127.0.0.5", "127.0.0.5")]
    [InlineData("tcp:127.0.0.6", "127.0.0.6")]
    [InlineData("udp:*", "127.0.0.1")]
    public async Task A_time_out_comes_from_where_the_command_went_to(string socket, string sender)
    {
        ProtocolType protocol = socket.StartsWith("tcp", StringComparison.Ordinal) ? ProtocolType.Tcp : ProtocolType.Udp;
        ushort port = FreePorts.One(protocol, ipv6: false);
        using TcpListener target = new(IPAddress.Loopback, 0);
        target.Start();
        string name = $"tcp:{target.LocalEndpoint}";
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Options = ["-s", $"{socket}:{port}", "-n", name, "-T", "1", "-l", "127.0.0.1"],
        });
        using Socket controller = new(
            AddressFamily.InterNetwork, protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol);
        await controller.ConnectAsync(socket.EndsWith('*') ? "127.0.0.1" : socket[4..], port);
        string cookie = protocol == ProtocolType.Udp ? "cookie " : "";

        await controller.SendAsync(System.Text.Encoding.ASCII.GetBytes($"{cookie}U call 127.0.0.1 4000 alice {name} gone\n"));

        using Socket notice = await target.AcceptSocketAsync().WaitAsync(Eventually.Deadline);
        ((IPEndPoint)notice.RemoteEndPoint!).Address.ToString().ShouldBe(sender);
        byte[] text = new byte[100];
        int length = await notice.ReceiveAsync(text).WaitAsync(Eventually.Deadline);
        System.Text.Encoding.ASCII.GetString(text, 0, length).ShouldBe("gone\n");
    }

    [Fact]
    public async Task One_that_is_turned_away_is_told()
    {
        using TcpListener target = new(IPAddress.Loopback, 0);
        target.Start();
        string name = $"tcp:{target.LocalEndpoint}";
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { LogLevel = "warn", Options = ["-n", name, "-T", "1", "-l", "127.0.0.1"] });
        await daemon.AskAsync($"U call 127.0.0.1 4000 alice {name} gone");

        (await target.AcceptSocketAsync().WaitAsync(Eventually.Deadline)).Dispose();

        (await daemon.Log.WaitForAsync("closed the connection")).ShouldContain(name);
    }
}
