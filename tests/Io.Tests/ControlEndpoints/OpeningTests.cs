using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Rtp;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.ControlEndpoints;

public sealed class OpeningTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly RecordingLogger _logger = new();
    private readonly ControlLoop _loop = RunningLoop.Start();

    public void Dispose()
    {
        _loop.Dispose();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("udp:127.0.0.1:65536", "65536 is neither a port")]
    [InlineData("tcp:127.0.0.1:x", "x is neither a port")]
    [InlineData("udp:", "no host is named")]
    [InlineData("udp6:::1", "is not a numeric address")]
    [InlineData("udp6:[::1]:9000", "square brackets")]
    [InlineData("udp:::1:9000", "is not an IPv4 address")]
    [InlineData("tcp6:127.0.0.1:9000", "is not an IPv6 address")]
    [InlineData("tcp:192.0.2.1:9000", "")]
    [InlineData("systemd:", "systemd has passed no socket")]
    [InlineData("unix:", "the path is empty")]
    [InlineData("/dev/null/x.sock", "Not a directory")]
    public void A_socket_that_cannot_be_opened_says_why(string argument, string reason) =>
        Should.Throw<ControlSocketException>(() => Open(argument)).Message.ShouldContain(reason);

    [Fact]
    public void A_path_of_108_bytes_is_too_long()
    {
        string path = _directory.FullName + "/" + new string('s', 107 - _directory.FullName.Length);

        Should.Throw<ControlSocketException>(() => Open("cunix:" + path)).Message.ShouldBe("the path is too long");
    }

    [Fact]
    public async Task A_path_of_107_bytes_works()
    {
        string path = _directory.FullName + "/" + new string('s', 106 - _directory.FullName.Length);

        await using IControlEndpoint endpoint = Open("cunix:" + path);

        using ControlClient client = await ControlClient.ConnectAsync(path);
    }

    [Fact]
    public void An_ordinary_file_is_left_untouched()
    {
        string path = Path.Combine(_directory.FullName, "precious");
        File.WriteAllText(path, "do not delete");

        Should.Throw<ControlSocketException>(() => Open(path)).Message.ShouldContain("not a socket");

        File.ReadAllText(path).ShouldBe("do not delete");
    }

    [Fact]
    public async Task An_old_socket_is_replaced()
    {
        string path = Path.Combine(_directory.FullName, "x.sock");
        using (var old = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            old.Bind(new UnixDomainSocketEndPoint(path));
            await using IControlEndpoint endpoint = Open(path);
            using ControlClient client = await ControlClient.ConnectAsync(path);
        }
    }

    [Fact]
    public async Task A_file_that_somebody_else_put_there_meanwhile_stays()
    {
        string path = Path.Combine(_directory.FullName, "x.sock");
        IControlEndpoint endpoint = Open(path);
        File.Delete(path);
        File.WriteAllText(path, "mine");

        await endpoint.DisposeAsync();

        File.ReadAllText(path).ShouldBe("mine");
    }

    [Fact]
    public async Task Owner_and_mode_are_set_before_anybody_can_connect()
    {
        string path = Path.Combine(_directory.FullName, "x.sock");

        await using IControlEndpoint endpoint = Open(path, new UnixSocketAccess(Mode: 0x1B0));

        File.GetUnixFileMode(path).ShouldBe((UnixFileMode)0x1B0);
    }

    [Fact]
    public async Task A_port_can_be_bound_again_while_old_connections_linger()
    {
        int port;
        await using (IControlEndpoint first = Open("tcp:127.0.0.1:0"))
        {
            port = first.BoundTo!.Port;
            using ControlClient client = await ControlClient.ConnectAsync(first.BoundTo);
            using var stop = new CancellationTokenSource();
            Task serving = first.ServeAsync(stop.Token);
            (await client.AskAsync("V\n")).ShouldBe("echo\n");

            // The server closes first, so its side lingers in TIME_WAIT.
            await stop.CancelAsync();
            await serving;
        }

        await using IControlEndpoint again = Open($"tcp:127.0.0.1:{port}");
    }

    [Fact]
    public async Task A_burst_of_commands_waits_in_a_datagram_socket()
    {
        const int Count = 200;
        await using IControlEndpoint endpoint = Open("udp:127.0.0.1:0");
        using var client = new UdpClient();
        client.Connect(endpoint.BoundTo!);
        for (int i = 0; i < Count; i++)
        {
            await client.SendAsync(Encoding.ASCII.GetBytes($"{i} U call{i} 192.0.2.1 40000 from-tag;1"));
        }

        using var stop = new CancellationTokenSource();
        Task serving = endpoint.ServeAsync(stop.Token);
        for (int i = 0; i < Count; i++)
        {
            await client.ReceiveAsync().WaitAsync(Eventually.Deadline);
        }

        await stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task Service_names_stand_for_ports()
    {
        var factory = new ControlEndpointFactory(
            new EchoProtocol(),
            new ControlSlots([]),
            _loop,
            new ServiceNames([$"relay-control {FreePort()}/udp rc # ours"]),
            _logger);

        await using IControlEndpoint endpoint = factory.Open(ControlSocketText.Parse("udp:127.0.0.1:rc"));

        endpoint.BoundTo!.Port.ShouldNotBe(22222);
    }

    [Fact]
    public async Task An_inherited_listener_is_served()
    {
        var factory = new ControlEndpointFactory(new EchoProtocol(), new ControlSlots([]), _loop, new ServiceNames([]), _logger)
        {
            InheritedDescriptor = ListenAsSystemdWould(),
        };
        await using IControlEndpoint endpoint = factory.Open(ControlSocketText.Parse("systemd:"));
        using var stop = new CancellationTokenSource();
        Task serving = endpoint.ServeAsync(stop.Token);

        using ControlClient client = await ControlClient.ConnectAsync(endpoint.BoundTo!);
        (await client.AskAsync("V\n")).ShouldBe("echo\n");

        await stop.CancelAsync();
        await serving;
    }

    [Theory]
    [InlineData("1", "1", "systemd has passed no socket")]
    [InlineData("42", "2", "systemd has passed 2 sockets")]
    [InlineData("42", "0", "systemd has passed no socket")]
    [InlineData("42", null, "systemd has passed no socket")]
    [InlineData(null, "1", "systemd has passed no socket")]
    [InlineData("42", "x", "systemd has passed no socket")]
    public void A_wrong_announcement_of_systemd_is_refused(string? owner, string? count, string reason) =>
        Should.Throw<ControlSocketException>(() => InheritedListener.Find(Variables(owner, count), 42))
            .Message.ShouldContain(reason);

    [Fact]
    public void The_announced_descriptor_is_the_third() =>
        InheritedListener.Find(Variables("42", "1"), 42).ShouldBe(3);

    [Fact]
    public async Task Standard_input_is_served_line_by_line_until_its_end()
    {
        using var input = new MemoryStream("V\nV\nunfinished"u8.ToArray());
        using var output = new MemoryStream();
        var factory = new ControlEndpointFactory(new EchoProtocol(), new ControlSlots([]), _loop, new ServiceNames([]), _logger)
        {
            OpenInput = () => input,
            OpenOutput = () => output,
        };

        await using IControlEndpoint endpoint = factory.Open(ControlSocketText.Parse("stdio:"));
        await endpoint.ServeAsync(CancellationToken.None);

        output.ToArray().ShouldBe("echo\necho\n"u8.ToArray());
    }

    private IControlEndpoint Open(string argument, UnixSocketAccess? access = null) =>
        new ControlEndpointFactory(new EchoProtocol(), new ControlSlots([]), _loop, new ServiceNames([]), _logger)
        {
            ResolvesNames = false,
            UnixAccess = access ?? new UnixSocketAccess(),
        }.Open(ControlSocketText.Parse(argument));

    private static Func<string, string?> Variables(string? owner, string? count) =>
        name => name == "LISTEN_PID" ? owner : name == "LISTEN_FDS" ? count : null;

    // A descriptor that nobody but the endpoint owns.
    private static unsafe int ListenAsSystemdWould()
    {
        FdHandle handle = LibC.socket(LibC.AF_INET, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        SockAddr address = SockAddr.From(Endpoint.From(IPAddress.Loopback, 0), out uint length);
        LibC.bind(handle.Number, &address, length).ShouldBe(0);
        LibC.listen(handle.Number, 5).ShouldBe(0);
        int descriptor = handle.Number;
        handle.SetHandleAsInvalid();
        return descriptor;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
