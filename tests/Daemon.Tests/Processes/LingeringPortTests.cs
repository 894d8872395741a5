using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>
/// The day of the swap: connections of a daemon that has ended, and that did not allow its address to be used again, hold the
/// port of TCP control.
/// </summary>
public sealed class LingeringPortTests : IDisposable
{
    private readonly List<Socket> _clients = []; // a socket that nobody holds resets its connection

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    [Fact]
    public async Task The_daemon_waits_for_the_port_and_is_ready_when_it_has_it()
    {
        using WorkingDirectory directory = new();
        (int port, Socket held) = await HoldPortAsync();
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(directory.File("notify")));
        using Process daemon = Launch(directory, port);
        try
        {
            (await ReadUntilAsync(daemon, "still held")).ShouldContain($"tcp:127.0.0.1:{port}");
            manager.Available.ShouldBe(0);
            Reset(held);

            byte[] buffer = new byte[1024];
            int length = await manager.ReceiveAsync(buffer).WaitAsync(Eventually.Deadline);
            Encoding.UTF8.GetString(buffer, 0, length).ShouldContain("READY=1");
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port);
        }
        finally
        {
            daemon.Kill();
        }
    }

    [Fact]
    public async Task A_signal_ends_the_waiting()
    {
        using WorkingDirectory directory = new();
        (int port, Socket held) = await HoldPortAsync();
        using (held)
        {
            using Process daemon = Launch(directory, port);
            await ReadUntilAsync(daemon, "still held");

            using Process kill = Process.Start("/bin/kill", [daemon.Id.ToString(CultureInfo.InvariantCulture)]);

            await daemon.WaitForExitAsync().WaitAsync(Eventually.Deadline);
            daemon.ExitCode.ShouldBe(0);
            File.Exists(directory.File("pid")).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Where_somebody_listens_the_start_fails_at_once_and_says_who()
    {
        await using DaemonProcess first = await DaemonProcess.StartAsync(
            new DaemonSettings { Transports = [TestKit.Conversations.Transport.Tcp] });
        using WorkingDirectory directory = new();

        ProgramResult second = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", first.Sockets[0].Argument, "-p", directory.File("pid"));

        second.Status.ShouldBe(1);
        second.Error.ShouldContain(string.Create(
            CultureInfo.InvariantCulture, $"but rtpproxy, pid {first.Id}, listens there"));
    }

    private static Process Launch(WorkingDirectory directory, int port)
    {
        ProcessStartInfo start = new(Executables.Daemon) { RedirectStandardError = true };
        string[] arguments = ["-f", "-F", "-s", $"tcp:127.0.0.1:{port}", "-p", directory.File("pid")];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["NOTIFY_SOCKET"] = directory.File("notify");
        return Process.Start(start)!;
    }

    private static async Task<string> ReadUntilAsync(Process daemon, string text)
    {
        while (await daemon.StandardError.ReadLineAsync().WaitAsync(Eventually.Deadline) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"no line with \"{text}\"");
    }

    // A connection to a listener that is gone. For a protocol that is not named the runtime leaves SO_REUSEADDR alone.
    private async Task<(int Port, Socket Held)> HoldPortAsync()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var local = (IPEndPoint)listener.LocalEndPoint!;
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _clients.Add(client);
        await client.ConnectAsync(local);
        return (local.Port, await listener.AcceptAsync());
    }

    private static void Reset(Socket held)
    {
        held.LingerState = new LingerOption(true, 0);
        held.Dispose();
    }
}
