using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>What may lie at the path of a Unix control socket when a daemon starts, and what becomes of it.</summary>
public class LiveSocketTests
{
    [Theory]
    [InlineData(Transport.Unix, "unix:")]
    [InlineData(Transport.Unix, "cunix:")]
    [InlineData(Transport.Cunix, "")]
    [InlineData(Transport.Cunix, "cunix:")]
    public async Task A_second_daemon_does_not_take_the_socket_of_a_live_one(Transport transport, string prefix)
    {
        await using DaemonProcess first = await DaemonProcess.StartAsync(new DaemonSettings { Transports = [transport] });
        string path = first.Socket(transport).EndPoint!.ToString()!;

        using WorkingDirectory directory = new();
        ProgramResult second = await StartAsync(directory, prefix + path);

        second.Status.ShouldBe(1);
        second.Error.ShouldStartWith(string.Create(
            CultureInfo.InvariantCulture, $"rtpproxy: -s is '{prefix}{path}', but rtpproxy, pid {first.Id} listens there, and is left alone; "));
        (await first.AskAsync("V")).ShouldBe("20040107");
        Directory.GetFileSystemEntries(directory.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_listens_there_keeps_it()
    {
        using WorkingDirectory directory = new();
        string path = directory.File("x.sock");
        foreach (SocketType type in new[] { SocketType.Stream, SocketType.Dgram, SocketType.Seqpacket })
        {
            using Socket other = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
            other.Bind(new UnixDomainSocketEndPoint(path));
            if (type != SocketType.Dgram)
            {
                other.Listen(1);
            }

            ProgramResult result = await StartAsync(directory, path);

            result.Status.ShouldBe(1, type.ToString());
            result.Error.ShouldContain($"rtpproxy: -s is '{path}', but ");
            File.Exists(path).ShouldBeTrue();
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Of_two_that_start_at_once_one_serves_and_one_is_refused()
    {
        for (int round = 0; round < 5; round++)
        {
            using WorkingDirectory directory = new();
            string path = directory.File("x.sock");
            using (Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            {
                dead.Bind(new UnixDomainSocketEndPoint(path));
            }

            using Process one = Launch(directory, path, "one.pid");
            using Process other = Launch(directory, path, "other.pid");
            try
            {
                await Eventually.TrueAsync(() => one.HasExited || other.HasExited, "one of them gives up");
                await Eventually.TrueAsync(() => Directory.GetFiles(directory.Path, "*.pid").Length == 1, "the other is up");
                (one.HasExited ? one : other).ExitCode.ShouldBe(1);
                (one.HasExited ? other : one).HasExited.ShouldBeFalse();
                using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await client.ConnectAsync(new UnixDomainSocketEndPoint(path));
            }
            finally
            {
                one.Kill();
                other.Kill();
            }
        }
    }

    [Fact]
    public async Task An_empty_file_such_as_mktemp_makes_gives_way()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            prepare: directory => File.WriteAllText(directory.File("cunix.sock"), ""));

        (await daemon.AskAsync("V")).ShouldBe("20040107");
    }

    [Theory]
    [InlineData("directory", "is a directory")]
    [InlineData("fifo", "is a FIFO")]
    [InlineData("link", "is a symbolic link")]
    [InlineData("notes", "is a file that is not empty")]
    [InlineData("/dev/null", "is a device")]
    [InlineData("nowhere/x.sock", "there is no directory DIR/nowhere")]
    [InlineData("notes/x.sock", "Not a directory")]
    public async Task Anything_else_is_left_alone_and_named(string name, string reason)
    {
        using WorkingDirectory directory = new();
        Directory.CreateDirectory(directory.File("directory"));
        File.WriteAllText(directory.File("notes"), "precious");
        File.CreateSymbolicLink(directory.File("link"), "nowhere");
        (await ProgramRun.InAsync(directory, "/usr/bin/mkfifo", "fifo")).Status.ShouldBe(0);
        string[] before = Directory.GetFileSystemEntries(directory.Path);

        ProgramResult result = await StartAsync(directory, directory.File(name));

        result.Status.ShouldBe(1);
        result.Error.ShouldContain(directory.File(name));
        result.Error.ShouldContain(reason.Replace("DIR", directory.Path, StringComparison.Ordinal));
        Directory.GetFileSystemEntries(directory.Path).ShouldBe(before);
    }

    private static Task<ProgramResult> StartAsync(WorkingDirectory directory, string socket) =>
        DaemonProcess.RunInAsync(directory, "-f", "-F", "-s", socket, "-p", directory.File("pid"));

    private static Process Launch(WorkingDirectory directory, string socket, string pidFile) =>
        Process.Start(Executables.Daemon, ["-f", "-F", "-s", "cunix:" + socket, "-p", directory.File(pidFile), "-d", "crit"]);
}
