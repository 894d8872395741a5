using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Tests.Keeping;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Engines;

/// <summary>An engine that reads on where another did.</summary>
public sealed class AdoptionTests : IDisposable
{
    private const int Pairs = 8;
    private const int PatienceMilliseconds = 20_000;

    private readonly StandInKeeper _keeper = new();
    private readonly UdpClient _phone = new(0, AddressFamily.InterNetwork) { Client = { ReceiveTimeout = PatienceMilliseconds } };
    private readonly PortRange _range = FreePorts.Range(Pairs);
    private readonly EpollEngine<EchoCore> _first;
    private readonly int[] _ports;

    public AdoptionTests()
    {
        _first = Make(new Legacies());
        _ports = [.. Enumerable.Range(0, Pairs).Select(_ => Open())];
        _first.Start(new EchoCore(new EchoCore.State()));
    }

    public void Dispose()
    {
        _first.Dispose();
        _keeper.Dispose();
        _phone.Dispose();
    }

    [Fact]
    public void What_waited_is_read_in_the_order_in_which_it_came_and_not_in_that_of_what_the_other_has_read()
    {
        using Legacies legacies = _keeper.PassOn();
        using EpollEngine<EchoCore> second = Make(legacies);
        foreach (int port in _ports)
        {
            second.TryAdoptPorts(Endpoint.From(IPAddress.Loopback, 0), (ushort)port, isHeard: true, out _).ShouldBeTrue();
        }

        Send(_ports);
        Answers().ShouldBe(_ports);
        second.ForgetArrivals();
        _first.Stop();
        int[] backwards = [.. _ports.Reverse()];
        Send(backwards[..5]);
        second.ForgetArrivals(); // what waits keeps its place
        Send(backwards[5..]);

        second.Start(new EchoCore(new EchoCore.State()));

        Answers().ShouldBe(backwards);
    }

    private EpollEngine<EchoCore> Make(Legacies legacies) => new(
        0,
        EngineCapabilities.Probe(),
        new PortRange(_range.Lowest, _range.Highest, _range.Order),
        new LoopbackAddresses(),
        new Random(1),
        NullLogger.Instance,
        onThreadStart: null,
        new KeptPorts(worker: 0, _keeper, legacies));

    private int Open()
    {
        _first.Ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair pair).ShouldBe(PortOpening.Opened);
        return pair.Number;
    }

    private void Send(IEnumerable<int> ports)
    {
        foreach (int port in ports)
        {
            _phone.Send([1], 1, new IPEndPoint(IPAddress.Loopback, port));
        }
    }

    /// <summary>The ports that answered, in that order.</summary>
    private int[] Answers()
    {
        int[] ports = new int[Pairs];
        foreach (ref int port in ports.AsSpan())
        {
            IPEndPoint from = new(IPAddress.Any, 0);
            _phone.Receive(ref from);
            port = from.Port;
        }

        return ports;
    }
}
