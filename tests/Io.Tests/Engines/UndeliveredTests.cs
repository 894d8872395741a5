using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Engines;

/// <summary>What networks tell of datagrams that did not arrive becomes known, and costs no other datagram anything.</summary>
public sealed class UndeliveredTests : IDisposable
{
    private const int Datagrams = 500;
    private const int AtOnce = 50; // fit in any socket's buffer

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EchoCore.State _state = new();
    private readonly EpollEngine<EchoCore> _engine;
    private UdpClient? _holder;

    public UndeliveredTests()
    {
        _engine = new EpollEngine<EchoCore>(
            0, EngineCapabilities.Probe(), FreePorts.Range(8), new LoopbackAddresses(), new Random(1), new RecordingLogger());
    }

    public void Dispose()
    {
        _engine.Dispose();
        _holder?.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", false)]
    [InlineData("::1", true)]
    public async Task A_closed_port_is_told_while_every_datagram_for_others_gets_there(string host, bool withDetails)
    {
        IPAddress address = IPAddress.Parse(host);
        Endpoint closed = ClosedPort(address);
        _state.Beside = closed;
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(address);
        await OnWorker(() => _engine.Ports.WantDetails(pair, withDetails));
        using var phone = new UdpClient(0, address.AddressFamily);

        for (int i = 0; i < Datagrams; i++)
        {
            await phone.SendAsync(BitConverter.GetBytes(i), new IPEndPoint(address, pair.Number));
            (await Receive(phone)).Buffer.ShouldBe(BitConverter.GetBytes(i));
        }

        await Eventually.TrueAsync(() => _state.Undelivered.Count >= Datagrams);
        _state.Undelivered.Distinct().ShouldBe([(closed, SendOutcome.PortClosed)]);
        _state.OutcomesBeside.ShouldAllBe(outcome => outcome == SendOutcome.Sent);
        _engine.Counters.ReceiveFailures.ShouldBe(0);
        _engine.Counters.SendFailures.ShouldBe(0);
    }

    [Fact]
    public async Task Datagrams_that_come_in_a_burst_are_all_taken_though_each_call_may_be_told_an_error()
    {
        _state.Beside = ClosedPort(IPAddress.Loopback);
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.Loopback);
        using var phone = new UdpClient(0, AddressFamily.InterNetwork);

        for (int first = 0; first < Datagrams; first += AtOnce)
        {
            for (int i = first; i < first + AtOnce; i++)
            {
                await phone.SendAsync(BitConverter.GetBytes(i), new IPEndPoint(IPAddress.Loopback, pair.Number));
            }

            for (int i = first; i < first + AtOnce; i++)
            {
                (await Receive(phone)).Buffer.ShouldBe(BitConverter.GetBytes(i));
            }
        }

        _engine.Counters.ReceiveFailures.ShouldBe(0);
        _engine.Counters.SendFailures.ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_that_was_told_sleeps_again()
    {
        _state.Beside = ClosedPort(IPAddress.Loopback);
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.Loopback);
        using var phone = new UdpClient(0, AddressFamily.InterNetwork);
        await phone.SendAsync("x"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, pair.Number));
        await Receive(phone);
        await Eventually.TrueAsync(() => !_state.Undelivered.IsEmpty);
        TimeSpan before = default;
        await OnWorker(() => before = ThreadTime());

        await Task.Delay(500);

        TimeSpan after = default;
        await OnWorker(() => after = ThreadTime());
        (after - before).ShouldBeLessThan(TimeSpan.FromMilliseconds(100), "an error that stays would wake it without end");
    }

    /// <summary>CPU time of the worker's thread.</summary>
    private static TimeSpan ThreadTime()
    {
        string[] fields = File.ReadAllText("/proc/thread-self/stat").Split(") ")[1].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], null) + long.Parse(fields[12], null)));
    }

    /// <summary>A port that nobody else gets meanwhile, and that is closed to all but somebody who never sends.</summary>
    private Endpoint ClosedPort(IPAddress address)
    {
        _holder = new UdpClient(new IPEndPoint(address, 0));
        _holder.Connect(new IPEndPoint(address, 9));
        return Endpoint.From(address, ((IPEndPoint)_holder.Client.LocalEndPoint!).Port);
    }

    private async Task<PortPair> Open(IPAddress address)
    {
        PortPair pair = default;
        await OnWorker(() =>
            _engine.Ports.TryOpen(new LocalAddress(address), tos: null, out pair).ShouldBe(PortOpening.Opened));
        return pair;
    }

    private async Task OnWorker(Action action)
    {
        var errand = new EchoCore.Errand(action);
        _engine.Mailbox.TryPost(errand).ShouldBeTrue();
        await errand.Done.WaitAsync(Patience);
    }

    private static async Task<UdpReceiveResult> Receive(UdpClient phone)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await phone.ReceiveAsync(deadline.Token);
    }
}
