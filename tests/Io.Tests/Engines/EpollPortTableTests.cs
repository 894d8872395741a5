using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using RtpProxy.Hosting.Journal;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Engines;

public sealed class EpollPortTableTests : IDisposable
{
    private readonly EpollSet _epoll = new();
    private readonly RecordingLogger _logger = new();
    private readonly PortRange _range = FreePorts.Range(4);
    private readonly EpollPortTable _ports;

    public EpollPortTableTests()
    {
        _ports = Make(_range);
    }

    public void Dispose()
    {
        _ports.Dispose();
        _epoll.Dispose();
    }

    [Fact]
    public void An_empty_place_is_no_descriptor()
    {
        default(PortSocket).Descriptor.ShouldBe(-1);
        default(PortSocket).Handle.ShouldBeNull();
    }

    [Fact]
    public void A_pair_is_an_even_port_and_the_next_one_bound_on_the_address()
    {
        _ports.TryOpen(LoopbackAddresses.IPv4, tos: 0xB8, out PortPair pair).ShouldBe(PortOpening.Opened);

        pair.Number.ShouldBe((ushort)_range.Lowest);
        IsBusy(IPAddress.Loopback, pair.Number).ShouldBeTrue();
        IsBusy(IPAddress.Loopback, pair.Number + 1).ShouldBeTrue();
        IsBusy(IPAddress.Parse("127.0.0.2"), pair.Number).ShouldBeFalse();
    }

    [Fact]
    public void Closing_frees_the_numbers_before_it_returns()
    {
        _ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair pair);

        _ports.Close(pair);

        IsBusy(IPAddress.Loopback, pair.Number).ShouldBeFalse();
        IsBusy(IPAddress.Loopback, pair.Number + 1).ShouldBeFalse();
        _ports.OpenCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_pair_of_which_one_port_is_in_use_is_skipped(int offset)
    {
        using Socket stranger = Bind(IPAddress.Loopback, _range.Lowest + offset);

        _ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair pair).ShouldBe(PortOpening.Opened);

        pair.Number.ShouldBe((ushort)(_range.Lowest + 2));
        _ports.OpenCount.ShouldBe(2);
    }

    [Fact]
    public void Families_and_addresses_do_not_disturb_each_other()
    {
        _ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair four);
        _ports.TryOpen(LoopbackAddresses.IPv6, tos: 1, out PortPair six);
        _ports.TryOpen(new LocalAddress(IPAddress.Parse("127.0.0.2")), tos: null, out PortPair other);

        new[] { four.Number, six.Number, other.Number }.ShouldAllBe(number => number == _range.Lowest);
    }

    [Fact]
    public void A_used_up_range_says_so_and_works_again_after_a_close()
    {
        var pairs = new List<PortPair>();
        while (_ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair pair) == PortOpening.Opened)
        {
            pairs.Add(pair);
        }

        pairs.Count.ShouldBe(4);
        _ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out _).ShouldBe(PortOpening.RangeExhausted);
        _ports.Close(pairs[^1]);
        _ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair again).ShouldBe(PortOpening.Opened);
        again.ShouldBe(pairs[^1]);
        _logger.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void An_address_of_another_machine_is_unusable_and_logged_once()
    {
        var address = new LocalAddress(IPAddress.Parse("192.0.2.77"));
        for (int i = 0; i < 5; i++)
        {
            _ports.TryOpen(address, tos: null, out _).ShouldBe(PortOpening.AddressUnusable);
        }

        _logger.Texts.ShouldHaveSingleItem().ShouldContain("192.0.2.77");
        _ports.OpenCount.ShouldBe(0);
    }

    [Fact]
    public void Places_are_used_again_so_the_numbers_stay_dense()
    {
        for (int i = 0; i < 1000; i++)
        {
            _ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair pair);
            pair.Rtp.Value.ShouldBeInRange(0, 1);
            pair.Rtcp.Value.ShouldBeInRange(0, 1);
            _ports.Close(pair);
        }
    }

    [Fact]
    public void Sockets_are_set_as_media_wants_them()
    {
        _ports.TryOpen(LoopbackAddresses.IPv4, tos: 0xB8, out PortPair pair);

        Option(pair.Rtp, LibC.IPPROTO_IP, LibC.IP_TOS).ShouldBe(0xB8);
        Option(pair.Rtcp, LibC.IPPROTO_IP, LibC.IP_TOS).ShouldBe(0xB8);
        Option(pair.Rtp, LibC.SOL_SOCKET, LibC.SO_RCVBUF).ShouldBeGreaterThan(200_000);

        _ports.TrySetTos(pair, 42).ShouldBeTrue();
        Option(pair.Rtp, LibC.IPPROTO_IP, LibC.IP_TOS).ShouldBe(42);
        _ports.TryOpen(LoopbackAddresses.IPv6, tos: 0xB8, out PortPair six);
        Option(six.Rtp, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY).ShouldBe(1);
        _ports.TrySetTos(six, 42).ShouldBeFalse();
    }

    [Fact]
    public void A_pair_toward_a_target_is_opened_on_the_address_that_routes_there()
    {
        Endpoint target = Endpoint.From(IPAddress.Loopback, 9);

        _ports.TryOpenToward(target, out PortPair pair, out LocalAddress address).ShouldBe(PortOpening.Opened);

        address.Address.ShouldBe(IPAddress.Loopback);
        IsBusy(IPAddress.Loopback, pair.Number).ShouldBeTrue();
        _ports.Close(pair);
        IsBusy(IPAddress.Loopback, pair.Number).ShouldBeFalse();
    }

    [Fact]
    public void A_pair_toward_an_unreachable_target_is_unusable() =>
        _ports.TryOpenToward(Endpoint.From(IPAddress.Parse("203.0.113.1"), 9), out _, out _)
            .ShouldBe(PortOpening.AddressUnusable);

    private EpollPortTable Make(PortRange range) =>
        new(range, _epoll, new LoopbackAddresses(), new Random(1), new RepeatedFaults(_logger, TimeSpan.FromHours(1), TimeProvider.System), long.MaxValue);

    private int Option(PortId port, int level, int option)
    {
        using var handle = new SafeSocketHandle(_ports[port.Value].Descriptor, ownsHandle: false);
        using var socket = new Socket(handle);
        byte[] value = new byte[4];
        socket.GetRawSocketOption(level, option, value);
        return MemoryMarshal.Read<int>(value);
    }

    private static bool IsBusy(IPAddress address, int port)
    {
        try
        {
            Bind(address, port).Dispose();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static Socket Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
