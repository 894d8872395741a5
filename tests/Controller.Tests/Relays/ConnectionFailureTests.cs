using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.TestKit;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Each cause of a failed connection has its own words.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ConnectionFailureTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("relays").FullName;

    [Theory]
    [InlineData("unix")]
    [InlineData("cunix")]
    public async Task No_such_file(string scheme) =>
        (await TextAsync($"{scheme}:{_directory}/none.sock")).ShouldBe($"nothing listens there: no such file {_directory}/none.sock");

    [Theory]
    [InlineData("unix")]
    [InlineData("cunix")]
    public async Task Nobody_listens_any_more(string scheme)
    {
        string path = $"{_directory}/left.sock";
        using (var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
        }

        // The base library removes the file with the socket; a process that was killed does not.
        if (!File.Exists(path))
        {
            await MakeStaleAsync(path);
        }

        (await TextAsync($"{scheme}:{path}")).ShouldBe($"nothing listens there: {path} was left behind by a process that has ended (connection refused)");
    }

    [Fact]
    public async Task A_file_that_is_no_socket()
    {
        string path = $"{_directory}/file";
        await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        (await TextAsync($"unix:{path}")).ShouldBe($"{path} is no socket");
    }

    [Fact]
    public async Task A_socket_of_another_type()
    {
        string path = $"{_directory}/datagrams.sock";
        using var datagrams = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        datagrams.Bind(new UnixDomainSocketEndPoint(path));
        (await TextAsync($"unix:{path}")).ShouldBe($"{path} is a socket of another type, it takes no connections");
    }

    [Theory]
    [InlineData("tcp", "nothing listens there: TCP port {0} of 127.0.0.1 (connection refused)")]
    [InlineData("udp", "nothing listens there: UDP port {0} of 127.0.0.1 (connection refused)")]
    public async Task Connection_refused(string scheme, string text)
    {
        using var taken = new Socket(AddressFamily.InterNetwork, scheme == "tcp" ? SocketType.Stream : SocketType.Dgram, ProtocolType.Unspecified);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        if (scheme == "udp")
        {
            taken.Dispose(); // a bound UDP socket takes datagrams
        }

        (await TextAsync($"{scheme}:127.0.0.1:{port}")).ShouldBe(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, port));
    }

    [Fact]
    public async Task A_name_that_is_not_known() =>
        (await TextAsync("udp:no-such-relay.invalid:22222")).ShouldBe("the name no-such-relay.invalid is not known, or has no address of this kind");

    [Fact]
    public async Task Nothing_comes_back_in_time()
    {
        using var mute = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        mute.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        (await TextAsync($"udp:{mute.LocalEndPoint}", TimeSpan.FromMilliseconds(500))).ShouldBe("no reply in time");
    }

    [Fact]
    public async Task A_permission_that_is_missing_names_the_group()
    {
        // Whoever runs this may open anything; nobody may not.
        string path = $"{_directory}/guarded.sock";
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        File.SetUnixFileMode(_directory, (UnixFileMode)Convert.ToInt32("755", 8));
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("660", 8));
        using Process chgrp = Process.Start("chgrp", ["daemon", path])!;
        await chgrp.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(chgrp.ExitCode == 0 && Environment.UserName == "root", "needs root, to have somebody else denied");

        // A thread of its own takes the identity of nobody, for as long as it lives.
        string text = "";
        var thread = new Thread(() =>
        {
            if (AsNobody.Become())
            {
                text = ConnectionText(path);
            }
        });
        thread.Start();
        thread.Join();

        text.ShouldBe($"permission denied: {path} belongs to user root and group daemon, mode 660");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string ConnectionText(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return "connected";
        }
        catch (SocketException e)
        {
            return Controller.Relays.Transports.ConnectionProblem.Describe(RelayAddress.Parse(path), e);
        }
    }

    private static async Task MakeStaleAsync(string path)
    {
        using Process python = Process.Start("python3", ["-c", $"import socket; socket.socket(socket.AF_UNIX).bind('{path}')"])!;
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        python.ExitCode.ShouldBe(0);
    }

    private static async Task<string> TextAsync(string url, TimeSpan? timeout = null)
    {
        var options = new RelayClientOptions { ReplyTimeout = timeout ?? Eventually.Deadline, Transmissions = 1 };
        await using var client = new RelayClient(RelayAddress.Parse(url), options);
        RelayReply reply = await client.SendAsync(new VersionCommand(), TestContext.Current.CancellationToken);
        reply.IsReply.ShouldBeFalse();
        return FailureText.Of(reply);
    }
}
