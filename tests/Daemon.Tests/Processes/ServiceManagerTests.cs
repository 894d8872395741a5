using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class ServiceManagerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_told_when_the_daemon_is_ready_and_when_it_ends(bool foreground)
    {
        using WorkingDirectory directory = new();
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(directory.File("notify")));
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Foreground = foreground,
            Environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = directory.File("notify") },
        });

        string ready = await ReceiveAsync(manager);
        await daemon.SignalAsync("TERM");
        string stopping = await ReceiveAsync(manager);

        ready.ShouldContain("READY=1\n");
        ready.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"MAINPID={daemon.Id}\n"));
        stopping.ShouldContain("STOPPING=1\n");
    }

    [Fact]
    public async Task A_manager_that_waits_for_signs_of_life_gets_them()
    {
        using WorkingDirectory directory = new();
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(directory.File("notify")));
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Environment = new Dictionary<string, string>
            {
                ["NOTIFY_SOCKET"] = directory.File("notify"),
                ["WATCHDOG_USEC"] = "30000",
            },
        });

        (await ReceiveAsync(manager)).ShouldContain("READY=1\n");
        (await ReceiveAsync(manager)).ShouldBe("WATCHDOG=1\n");
        (await ReceiveAsync(manager)).ShouldBe("WATCHDOG=1\n");
    }

    [Fact]
    public async Task When_the_keeper_has_died_the_relay_is_the_process_of_the_service()
    {
        using WorkingDirectory directory = new();
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(directory.File("notify")));
        await using DaemonProcess keeper = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Options = ["--keep"],
            Environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = directory.File("notify") },
        });
        (await ReceiveAsync(manager)).ShouldContain(string.Create(CultureInfo.InvariantCulture, $"MAINPID={keeper.Id}\n"));

        await keeper.SignalAsync("KILL");
        string alone = await ReceiveOtherAsync(manager, "WATCHDOG=1\n");
        string alive = await ReceiveAsync(manager);
        string written = await File.ReadAllTextAsync(keeper.PidFile);
        await SignalAsync("USR2", written);
        await keeper.Log.WaitForAsync("an upgrade was asked for, but the keeper has died");
        string answer = await keeper.AskAsync("V");
        await SignalAsync("TERM", written);

        alone.ShouldContain($"READY=1\nMAINPID={written}");
        alone.ShouldContain("the keeper has died");
        alive.ShouldBe("WATCHDOG=1\n");
        answer.ShouldBe("20040107");
        (await ReceiveOtherAsync(manager, "WATCHDOG=1\n")).ShouldBe("STOPPING=1\n");
        await Eventually.TrueAsync(() => !File.Exists(keeper.PidFile), "the pid file is gone with the relay");

        static async Task SignalAsync(string name, string process)
        {
            using Process kill = Process.Start("/bin/kill", ["-s", name, process.TrimEnd()]);
            await kill.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_manager_that_does_not_listen_is_no_obstacle()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = "/nowhere/notify" },
        });

        await daemon.Log.WaitForAsync("can't tell the service manager");
        (await daemon.AskAsync("V")).ShouldBe("20040107");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_that_it_opened_is_served(bool foreground)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Transports = [Transport.Systemd], Foreground = foreground });

        await using ControlClient client = await daemon.ConnectAsync();
        (await client.AskAsync("V")).ShouldBe("20040107");
        (await client.AskAsync("VF 20040107")).ShouldBe("1");
    }

    [Fact]
    public async Task More_than_one_socket_is_too_many()
    {
        using WorkingDirectory directory = new();
        ProcessStartInfo start = new(SocketActivation.Launcher)
        {
            WorkingDirectory = directory.Path,
            RedirectStandardError = true,
        };
        string[] arguments = [.. SocketActivation.Arguments(directory.File("s"), count: 2), "-f", "-F", "-s", "systemd:", "-p", "pid"];
        Array.ForEach(arguments, start.ArgumentList.Add);

        using Process process = Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(1);
        error.ShouldContain("-s is 'systemd:', but systemd has passed 2 sockets; expected one listening socket");
    }

    [Fact]
    public async Task Without_a_socket_from_it_the_kind_is_refused()
    {
        ProgramResult result = await DaemonProcess.RunAsync("-f", "-F", "-s", "systemd:");

        result.Status.ShouldBe(1);
        result.Error.ShouldContain("-s is 'systemd:', but systemd has passed no socket");
    }

    /// <summary>The first that is not this one.</summary>
    private static async Task<string> ReceiveOtherAsync(Socket socket, string passedOver)
    {
        string received;
        while ((received = await ReceiveAsync(socket)) == passedOver)
        {
        }

        return received;
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        byte[] buffer = new byte[1_024];
        int length = await socket.ReceiveAsync(buffer, deadline.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
