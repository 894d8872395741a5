using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Tests.Keeping;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Engines;

public sealed class KeptPortsTests : IDisposable
{
    private static readonly Endpoint Loopback = Endpoint.From(IPAddress.Loopback, 0);

    private readonly StandInKeeper _keeper = new();
    private readonly EpollSet _epoll = new();
    private readonly PortRange _range = FreePorts.Range(4);
    private readonly List<IDisposable> _owned = [];
    private readonly EpollPortTable _ports;

    public KeptPortsTests()
    {
        _ports = Make(new Legacies(), _range, _epoll);
    }

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        _keeper.Dispose();
        _epoll.Dispose();
    }

    [Fact]
    public void A_keeper_holds_what_is_open_and_nothing_else()
    {
        PortPair first = Open();
        PortPair second = Open();
        _keeper.Names.ShouldBe([NameOf(first), NameOf(second)], ignoreOrder: true);

        _ports.Close(first);

        _keeper.Names.ShouldBe([NameOf(second)]);
    }

    [Fact]
    public void What_arrived_after_a_process_died_is_read_by_the_next_one()
    {
        PortPair pair = Open();
        _ports.Dispose();
        Send(pair.Number, 7);

        using var epoll = new EpollSet();
        EpollPortTable next = Make(_keeper.PassOn(), new PortRange(_range.Lowest, _range.Highest, _range.Order), epoll);

        next.TryAdopt(Loopback, pair.Number, isHeard: true, out PortPair adopted).ShouldBeTrue();
        adopted.Number.ShouldBe(pair.Number);
        using var events = new EpollEventBuffer(4);
        epoll.Wait(events, maySleep: true).ShouldBe(1);
        events.TagAt(0).ShouldBe(adopted.Rtp.Value);
        Receive(next[adopted.Rtp.Value].Descriptor).ShouldBe([7]);
    }

    [Fact]
    public void An_adopted_pair_is_taken_until_it_is_closed()
    {
        PortPair pair = Open();
        _ports.Dispose();
        var range = new PortRange(pair.Number, pair.Number, PortOrder.Ascending);
        using var epoll = new EpollSet();
        EpollPortTable next = Make(_keeper.PassOn(), range, epoll);
        next.TryAdopt(Loopback, pair.Number, isHeard: true, out PortPair adopted).ShouldBeTrue();

        next.TryOpen(LoopbackAddresses.IPv4, tos: null, out _).ShouldBe(PortOpening.RangeExhausted);
        next.Close(adopted);

        _keeper.Names.ShouldBeEmpty();
        next.TryOpen(LoopbackAddresses.IPv4, tos: null, out _).ShouldBe(PortOpening.Opened);
    }

    [Fact]
    public void A_pair_that_is_not_there_or_is_taken_twice_is_not_adopted()
    {
        PortPair pair = Open();
        _ports.Dispose();
        using var epoll = new EpollSet();
        EpollPortTable next = Make(_keeper.PassOn(), _range, epoll);

        next.TryAdopt(Loopback, (ushort)(pair.Number + 2), isHeard: true, out _).ShouldBeFalse();
        next.TryAdopt(Loopback, pair.Number, isHeard: false, out _).ShouldBeFalse();
        next.TryAdopt(Endpoint.From(IPAddress.Parse("127.0.0.2"), 0), pair.Number, isHeard: true, out _).ShouldBeFalse();
        next.OpenCount.ShouldBe(0);
    }

    [Fact]
    public void A_name_with_other_sockets_behind_it_is_let_go_of()
    {
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int descriptor = (int)stranger.Client.Handle;
        _keeper.TryHold(System.Text.Encoding.ASCII.GetBytes($"media 0 127.0.0.1 {_range.Lowest} heard"), descriptor, descriptor);
        EpollPortTable next = Make(_keeper.PassOn(), _range, _epoll);

        next.TryAdopt(Loopback, (ushort)_range.Lowest, isHeard: true, out _).ShouldBeFalse();
        next.TellKeeper();

        _keeper.Names.ShouldBeEmpty();
    }

    [Fact]
    public void A_pair_outside_of_the_range_of_today_goes_on_too()
    {
        PortPair pair = Open();
        _ports.Dispose();
        using var epoll = new EpollSet();
        EpollPortTable next = Make(_keeper.PassOn(), new PortRange(pair.Number + 2, pair.Number + 2, PortOrder.Random), epoll);

        next.TryAdopt(Loopback, pair.Number, isHeard: true, out PortPair adopted).ShouldBeTrue();
        next.Close(adopted);

        next.OpenCount.ShouldBe(0);
    }

    [Fact]
    public void What_the_keeper_had_no_room_to_hear_it_is_told_later()
    {
        PortPair closed = Open();
        _keeper.HasRoom = false;
        _ports.Close(closed);
        PortPair brief = Open();
        _ports.Close(brief);
        PortPair open = Open();
        _keeper.Names.ShouldBe([NameOf(closed)]);

        _keeper.HasRoom = true;
        _ports.TellKeeper();

        _keeper.Names.ShouldBe([NameOf(open)]);
    }

    [Fact]
    public void A_name_that_is_let_go_of_and_wanted_again_is_held_in_the_end()
    {
        EpollPortTable ports = Make(new Legacies(), FreePorts.Range(1), _epoll);
        ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair first).ShouldBe(PortOpening.Opened);
        _keeper.HasRoom = false;
        ports.Close(first);
        _keeper.Dispose(); // as if it had dropped its copies, so that the numbers are free
        ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair second).ShouldBe(PortOpening.Opened);

        _keeper.HasRoom = true;
        ports.TellKeeper();

        _keeper.Names.ShouldBe([NameOf(second)]);
    }

    private PortPair Open()
    {
        _ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair pair).ShouldBe(PortOpening.Opened);
        return pair;
    }

    private EpollPortTable Make(Legacies legacies, PortRange range, EpollSet epoll)
    {
        var table = new EpollPortTable(
            range,
            epoll,
            new LoopbackAddresses(),
            new Random(1),
            NullLogger.Instance,
            long.MaxValue,
            new KeptPorts(worker: 0, _keeper, legacies));
        _owned.Add(table);
        _owned.Add(legacies);
        return table;
    }

    private static string NameOf(in PortPair pair) => $"media 0 127.0.0.1 {pair.Number} heard";

    private static void Send(int port, params byte[] bytes)
    {
        using var sender = new UdpClient(AddressFamily.InterNetwork);
        sender.Send(bytes, bytes.Length, new IPEndPoint(IPAddress.Loopback, port));
    }

    private static unsafe byte[] Receive(int descriptor)
    {
        byte* buffer = stackalloc byte[16];
        using FdHandle copy = FdHandle.Own(LibC.fcntl(descriptor, LibC.F_DUPFD_CLOEXEC, 0));
        nint count = LibC.recv(copy, buffer, 16, LibC.MSG_DONTWAIT);
        return new Span<byte>(buffer, (int)count).ToArray();
    }
}
