using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class ControlSocketStartTests
{
    [Fact]
    public async Task A_path_that_is_no_socket_is_refused_and_left_alone()
    {
        using WorkingDirectory directory = new();
        string path = directory.File("notes.txt");
        await File.WriteAllTextAsync(path, "precious");

        ProgramResult result = await DaemonProcess.RunInAsync(directory, "-f", "-F", "-s", $"unix:{path}", "-p", directory.File("pid"));

        result.Status.ShouldBe(1);
        result.Error.ShouldBe(
            $"rtpproxy: -s is 'unix:{path}', but it is a file that is not empty and not a socket, and is left untouched; "
            + "expected a path where this program can make a socket\n");
        (await File.ReadAllTextAsync(path)).ShouldBe("precious");
    }

    [Fact]
    public async Task A_socket_that_a_dead_daemon_left_behind_is_replaced()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(prepare: directory =>
        {
            using Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            dead.Bind(new UnixDomainSocketEndPoint(directory.File("cunix.sock")));
        });

        (await daemon.AskAsync("V")).ShouldBe("20040107");
    }

    [Fact]
    public async Task A_port_in_use_is_told_and_what_was_opened_before_is_removed()
    {
        using WorkingDirectory directory = new();
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string taken = string.Create(CultureInfo.InvariantCulture, $"udp:127.0.0.1:{((IPEndPoint)other.LocalEndPoint!).Port}");

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", directory.File("first.sock"), "-s", taken, "-p", directory.File("pid"));

        result.Status.ShouldBe(1);
        result.Error.ShouldBe(
            $"rtpproxy: -s is '{taken}', but the system says: Address already in use; "
            + "expected an address of this host, and a port that is free and permitted\n");
        Directory.GetFileSystemEntries(directory.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("udp:127.0.0.1:65536")]
    [InlineData("udp:127.0.0.1:nosuchservice")]
    [InlineData("udp:")]
    [InlineData("udp6:::1")]
    [InlineData("udp6:[::1]:9")]
    [InlineData("tcp:::1:9")]
    public async Task A_wrong_address_is_refused(string socket)
    {
        ProgramResult result = await DaemonProcess.RunAsync("-f", "-F", "--no_resolve", "-s", socket);

        result.Status.ShouldBe(1);
        result.Error.ShouldStartWith($"rtpproxy: -s is '{socket}', but ");
        result.Error.Split('\n').Length.ShouldBe(2, "one line");
    }

    [Fact]
    public async Task A_path_of_108_bytes_is_too_long()
    {
        ProgramResult result = await DaemonProcess.RunAsync("-f", "-F", "-s", "unix:/tmp/" + new string('x', 103));

        result.Status.ShouldBe(1);
        result.Error.ShouldContain("but the path has 108 bytes; expected a path of at most 107 bytes");
    }

    [Fact]
    public async Task Control_sockets_of_all_kinds_are_served_at_once()
    {
        Transport[] all = Enum.GetValues<Transport>();
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Transports = all });

        foreach (Transport transport in all)
        {
            await using ControlClient client = await daemon.ConnectAsync(transport);
            (await client.AskAsync("V")).ShouldBe("20040107", transport.ToString());
        }
    }

    [Fact]
    public async Task The_files_of_sockets_are_gone_after_the_end()
    {
        using WorkingDirectory directory = new();
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["-s", directory.File("a.sock"), "-s", "cunix:" + directory.File("b.sock")] });
        Directory.GetFileSystemEntries(directory.Path).Length.ShouldBe(2);

        await daemon.SignalAsync("TERM");

        (await daemon.WaitForExitAsync()).ShouldBe(0);
        Directory.GetFileSystemEntries(directory.Path).ShouldBeEmpty();
    }
}
