using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Hosting;
using RtpProxy.Hosting.Journal;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Tests.ControlEndpoints;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Ports;

/// <summary>The first of three guards: a datagram control socket takes nothing from a media port of ours.</summary>
public sealed class OpenMediaPortsTests
{
    private readonly PortRange _range = FreePorts.Range(4);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.7")]
    public async Task A_datagram_from_one_is_not_obeyed_and_told(string bound, string source)
    {
        var media = IPAddress.Parse(bound);
        int port = Claim(media);
        var logger = new RecordingLogger();
        using var cancel = new CancellationTokenSource();
        using ControlLoop loop = RunningLoop.Start();
        await using DatagramEndpoint endpoint = Listen(media, loop, logger);
        Task serving = endpoint.ServeAsync(cancel.Token);
        using Socket rtp = Bound(source, port);
        using Socket rtcp = Bound(source, port + 1);
        using Socket controller = Bound(source, 0);

        rtp.SendTo("1 X"u8, endpoint.BoundTo);
        rtcp.SendTo("2 X"u8, endpoint.BoundTo);
        controller.SendTo("3 X"u8, endpoint.BoundTo);

        byte[] reply = new byte[100];
        int length = await controller.ReceiveAsync(reply, SocketFlags.None, TestContext.Current.CancellationToken);
        Encoding.Latin1.GetString(reply, 0, length).ShouldBe("echo\n");
        rtp.Available.ShouldBe(0);
        rtcp.Available.ShouldBe(0);
        logger.Lines.Count(line => line.Text.Contains("a media port of our own", StringComparison.Ordinal)).ShouldBe(1);
        await cancel.CancelAsync();
        await serving;
    }

    [Fact]
    public void A_port_that_is_only_tried_or_free_again_is_anybodys()
    {
        OpenMediaPorts ports = Over(IPAddress.Loopback);
        PortSearch search = _range.Search(IPAddress.Loopback, new Random(1));
        search.TryClaimNext(out int port).ShouldBeTrue();
        var source = Endpoint.From(IPAddress.Loopback, port);

        ports.Sent(source, MonotonicClock.Now).ShouldBeFalse("it is only tried");
        search.Keep();
        ports.Sent(source, MonotonicClock.Now).ShouldBeTrue();
        ports.Sent(Endpoint.From(IPAddress.Loopback, port + 1), MonotonicClock.Now).ShouldBeTrue("its reports");
        ports.Sent(Endpoint.From(IPAddress.Parse("127.0.0.2"), port), MonotonicClock.Now).ShouldBeFalse("another address");
        Relay.Instant whileOpen = MonotonicClock.Now;
        _range.Release(IPAddress.Loopback, port);

        ports.Sent(source, whileOpen).ShouldBeTrue("it may have been sent before the port was closed");
        ports.Sent(source, MonotonicClock.Now + TimeSpan.FromMilliseconds(5)).ShouldBeFalse();
    }

    private int Claim(IPAddress address)
    {
        PortSearch search = _range.Search(address, new Random(1));
        search.TryClaimNext(out int port).ShouldBeTrue();
        search.Keep();
        return port;
    }

    private OpenMediaPorts Over(IPAddress media) => new(_range, new HostAddresses([new LocalAddress(media)], []));

    private DatagramEndpoint Listen(IPAddress media, ControlLoop loop, RecordingLogger logger) => new(
        ControlSocketText.Parse("udp:127.0.0.1:0"), Bound("127.0.0.1", 0), new EchoProtocol(), loop, new RepeatedFaults(logger, TimeSpan.FromHours(1), TimeProvider.System))
    {
        MediaPorts = Over(media),
    };

    private static Socket Bound(string address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        return socket;
    }
}
