using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net.Engines;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Engines;

/// <summary>What the kernel does with a datagram is a value (media rules, section 3.1).</summary>
public sealed class EpollSinkTests : IDisposable
{
    private readonly EpollSet _epoll = new();
    private readonly EpollPortTable _ports;
    private readonly EngineCounters _counters = new();
    private readonly EpollSink _sink;

    public EpollSinkTests()
    {
        _ports = new EpollPortTable(
            FreePorts.Range(4), _epoll, new LoopbackAddresses(), new Random(1), new RecordingLogger(), int.MaxValue);
        _sink = new EpollSink(_ports, _counters);
    }

    public void Dispose()
    {
        _ports.Dispose();
        _epoll.Dispose();
    }

    [Fact]
    public void A_datagram_to_somebody_or_nobody_is_sent()
    {
        using Socket phone = Bind();
        PortId port = Open(LoopbackAddresses.IPv4);

        _sink.Send(port, To((IPEndPoint)phone.LocalEndPoint!), [1]).ShouldBe(SendOutcome.Sent);

        IPEndPoint gone = (IPEndPoint)phone.LocalEndPoint!;
        phone.Dispose();
        for (int i = 0; i < 5; i++)
        {
            // The kernel hears by ICMP that nobody listens; that is no refusal of the next one.
            _sink.Send(port, To(gone), [1]).ShouldBe(SendOutcome.Sent);
        }

        _counters.SendFailures.ShouldBe(0);
    }

    [Theory]
    [InlineData("127.255.255.255", SendOutcome.NotPermitted)] // broadcast: EACCES
    [InlineData("2001:db8::1", SendOutcome.NotPossible)] // EAFNOSUPPORT
    public void What_the_kernel_refuses_has_a_reason(string host, SendOutcome outcome)
    {
        _sink.Send(Open(LoopbackAddresses.IPv4), To(new IPEndPoint(IPAddress.Parse(host), 5000)), [1]).ShouldBe(outcome);

        _counters.SendFailures.ShouldBe(1);
    }

    [Theory]
    [InlineData("127.0.0.1", "192.0.2.1")] // EINVAL with a route, ENETUNREACH without
    [InlineData("::1", "::ffff:192.0.2.1")]
    public void A_network_that_the_port_cannot_reach_is_refused(string local, string host) =>
        _sink.Send(Open(new(IPAddress.Parse(local))), To(new IPEndPoint(IPAddress.Parse(host), 5000)), [1])
            .ShouldBeOneOf(SendOutcome.Unreachable, SendOutcome.NotPossible);

    [Fact]
    public void A_datagram_longer_than_UDP_allows_is_refused() =>
        _sink.Send(Open(LoopbackAddresses.IPv4), To(new IPEndPoint(IPAddress.Loopback, 5000)), new byte[65_508])
            .ShouldBe(SendOutcome.TooLong);

    private PortId Open(LocalAddress address)
    {
        _ports.TryOpen(address, tos: null, out PortPair pair).ShouldBe(PortOpening.Opened);
        return pair.Rtp;
    }

    private static Endpoint To(IPEndPoint address) => Endpoint.From(address.Address, address.Port);

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
