using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>Names of hosts in commands, when the name server takes questions and never answers.</summary>
public class DeadNameServerTests
{
    // The system's resolver waits five seconds for the first answer alone.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    public async Task It_delays_only_the_commands_that_ask_it(int names)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a resolv.conf of its own needs root");
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var address = new IPAddress([127, 53, (byte)Random.Shared.Next(256), (byte)Random.Shared.Next(1, 255)]);
        server.Bind(new IPEndPoint(address, 53));
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings
            {
                Transports = [TestKit.Conversations.Transport.Udp],
                Options = ["-r", "."],
                Through = ["/usr/bin/unshare", "-m", "/bin/sh", "-c", "mount --bind resolv.conf /etc/resolv.conf && exec \"$0\" \"$@\""],
            },
            directory => File.WriteAllText(directory.File("resolv.conf"), $"nameserver {address}\n"));
        File.WriteAllBytes(daemon.Directory.File("tone.0"), new byte[8000]);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        using UdpClient asking = new();
        asking.Connect((IPEndPoint)daemon.Sockets[0].EndPoint!);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < names; i++)
        {
            (await control.AskAsync($"U copied{i} 127.0.0.1 {4000 + i} alice")).ShouldNotStartWith("E");
            await asking.SendAsync(System.Text.Encoding.ASCII.GetBytes($"ask{i} C copied{i} udp:host{i}.example:5000 alice"));
        }

        await AskInTimeAsync(control, "V", "20040107");
        await AskInTimeAsync(control, "R call alice bob", "0");
        await AskInTimeAsync(control, "P call tone 0 alice bob", "0");
        await AskInTimeAsync(control, "C call udp:127.0.0.1:5000 bob alice", "0");
        await AskInTimeAsync(control, "D call alice", "0");
        for (int i = 0; i < names; i++)
        {
            UdpReceiveResult reply = await asking.ReceiveAsync().WaitAsync(Eventually.Deadline);
            System.Text.Encoding.ASCII.GetString(reply.Buffer).ShouldEndWith(" E65\n");
        }

        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(12));
    }

    private static async Task AskInTimeAsync(ControlClient control, string command, string reply)
    {
        long start = Stopwatch.GetTimestamp();
        (await control.AskAsync(command)).ShouldBe(reply);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(AtOnce, command);
    }
}
