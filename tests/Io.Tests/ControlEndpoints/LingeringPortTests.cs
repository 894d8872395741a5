using System.Net;
using System.Net.Sockets;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Rtp;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>The day of the swap: a port that connections of a daemon still hold which did not allow its address to be used again.</summary>
public sealed class LingeringPortTests : IDisposable
{
    private readonly RecordingLogger _logger = new();
    private readonly ControlLoop _loop = RunningLoop.Start();
    private readonly List<Socket> _clients = []; // a socket that nobody holds resets its connection

    public void Dispose()
    {
        _loop.Dispose();
        _clients.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("tcp:127.0.0.1")]
    [InlineData("tcp:*")]
    public async Task A_port_is_waited_for_until_the_last_connection_is_gone(string socket)
    {
        (IPEndPoint local, Socket held) = await HoldPortAsync();

        Task<IControlEndpoint> opening = Task.Run(() => Open($"{socket}:{local.Port}", TimeSpan.FromSeconds(60), default));
        await Eventually.TrueAsync(() => !_logger.Lines.IsEmpty, "it is told");
        opening.IsCompleted.ShouldBeFalse();
        Reset(held);

        await using IControlEndpoint endpoint = await opening.WaitAsync(Eventually.Deadline);
        endpoint.BoundTo!.Port.ShouldBe(local.Port);
        _logger.Texts.ShouldHaveSingleItem().ShouldBe(
            $"the port of {socket}:{local.Port} is still held by connections of a daemon that has ended: trying for 60 seconds");
    }

    [Fact]
    public async Task It_is_given_up_after_a_while()
    {
        (IPEndPoint local, Socket held) = await HoldPortAsync();
        using (held)
        {
            Should.Throw<ControlSocketException>(() => Open($"tcp:{local}", TimeSpan.FromMilliseconds(300), default))
                .Message.ShouldBe("the system says: Address already in use");
        }
    }

    [Fact]
    public async Task The_waiting_can_be_ended()
    {
        (IPEndPoint local, Socket held) = await HoldPortAsync();
        using (held)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

            Should.Throw<OperationCanceledException>(() => Open($"tcp:{local}", TimeSpan.FromSeconds(60), stop.Token));
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "tcp:127.0.0.1")]
    [InlineData("127.0.0.1", "tcp:*")]
    [InlineData("0.0.0.0", "tcp:127.0.0.1")]
    [InlineData("::", "tcp:127.0.0.1")]
    [InlineData("::1", "tcp6:::1")]
    [InlineData("::", "tcp6:::1")]
    [InlineData("::1", "tcp6:*")]
    public void Where_somebody_listens_it_is_refused_at_once_and_said_who(string listens, string socket)
    {
        var address = IPAddress.Parse(listens);
        using var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            listener.DualMode = true;
        }

        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen();

        string message = Should.Throw<ControlSocketException>(() =>
            Open($"{socket}:{((IPEndPoint)listener.LocalEndPoint!).Port}", TimeSpan.FromSeconds(60), default)).Message;

        message.ShouldEndWith($", pid {Environment.ProcessId}, listens there");
        _logger.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tcp:127.0.0.1:0")]
    [InlineData("tcp6:::1:0")]
    public async Task Two_of_us_do_not_share_a_port(string socket)
    {
        await using IControlEndpoint first = Open(socket, TimeSpan.Zero, default);

        Should.Throw<ControlSocketException>(() => Open(first.Address.ToString().Replace(":0", $":{first.BoundTo!.Port}", StringComparison.Ordinal), TimeSpan.Zero, default))
            .Message.ShouldContain("listens there");
    }

    private IControlEndpoint Open(string socket, TimeSpan patience, CancellationToken stop) =>
        new ControlEndpointFactory(new EchoProtocol(), new ControlSlots([]), _loop, new ServiceNames([]), _logger) { LingerPatience = patience }
            .Open(ControlSocketText.Parse(socket), stop);

    // A connection to a listener that is gone, without SO_REUSEADDR; the runtime's own sockets always have it.
    private async Task<(IPEndPoint Local, Socket Held)> HoldPortAsync()
    {
        using var listener = new Socket(new SafeSocketHandle(ListenWithoutReuse(), ownsHandle: true));
        var local = (IPEndPoint)listener.LocalEndPoint!;
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _clients.Add(client);
        await client.ConnectAsync(local);
        return (local, await listener.AcceptAsync());
    }

    private static unsafe int ListenWithoutReuse()
    {
        FdHandle handle = LibC.socket(LibC.AF_INET, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        SockAddr address = SockAddr.From(Endpoint.From(IPAddress.Loopback, 0), out uint length);
        LibC.bind(handle.Number, &address, length).ShouldBe(0);
        LibC.listen(handle.Number, 5).ShouldBe(0);
        int descriptor = handle.Number;
        handle.SetHandleAsInvalid();
        return descriptor;
    }

    private static void Reset(Socket held)
    {
        held.LingerState = new LingerOption(true, 0);
        held.Dispose();
    }
}
