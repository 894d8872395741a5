using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Tests.Engines;

public sealed class EpollEngineTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EchoCore.State _state = new();
    private readonly RecordingLogger _logger = new();
    private readonly EpollEngine<EchoCore> _engine;

    public EpollEngineTests()
    {
        _engine = new EpollEngine<EchoCore>(
            3, EngineCapabilities.Probe(), FreePorts.Range(8), new LoopbackAddresses(), new Random(1), _logger);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_datagram_comes_back_from_the_port_it_was_sent_to()
    {
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.Loopback);
        using var phone = new UdpClient(0, AddressFamily.InterNetwork);

        await phone.SendAsync("hello"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, pair.Number));

        UdpReceiveResult answer = await Receive(phone);
        answer.Buffer.ShouldBe("hello"u8.ToArray());
        answer.RemoteEndPoint.Port.ShouldBe(pair.Number);
    }

    [Fact]
    public async Task An_IPv6_datagram_comes_back_too()
    {
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.IPv6Loopback);
        using var phone = new UdpClient(0, AddressFamily.InterNetworkV6);

        await phone.SendAsync("six"u8.ToArray(), new IPEndPoint(IPAddress.IPv6Loopback, pair.Number + 1));

        UdpReceiveResult answer = await Receive(phone);
        answer.Buffer.ShouldBe("six"u8.ToArray());
        answer.RemoteEndPoint.Port.ShouldBe(pair.Number + 1);
    }

    [Fact]
    public async Task An_empty_datagram_is_a_datagram()
    {
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.Loopback);
        using var phone = new UdpClient(0, AddressFamily.InterNetwork);

        await phone.SendAsync(Array.Empty<byte>(), new IPEndPoint(IPAddress.Loopback, pair.Number));

        (await Receive(phone)).Buffer.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_datagram_longer_than_the_buffer_is_cut()
    {
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.Loopback);
        using var phone = new UdpClient(0, AddressFamily.InterNetwork);

        await phone.SendAsync(new byte[9000], new IPEndPoint(IPAddress.Loopback, pair.Number));

        (await Receive(phone)).Buffer.Length.ShouldBe(8192);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Ports_that_want_details_learn_the_kernels_time_and_the_local_address(string host)
    {
        IPAddress address = IPAddress.Parse(host);
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any);
        await OnWorker(() => _engine.Ports.WantDetails(pair, true));
        using var phone = new UdpClient(0, address.AddressFamily);
        long before = MonotonicClock.WallMicroseconds;

        await phone.SendAsync("now"u8.ToArray(), new IPEndPoint(address, pair.Number));
        await Receive(phone);

        _state.LastArrival.LocalHost.ToIPAddress().ShouldBe(address);
        _state.LastArrival.WallMicroseconds.ShouldBeInRange(before, MonotonicClock.WallMicroseconds);

        await OnWorker(() => _engine.Ports.WantDetails(pair, false));
        await phone.SendAsync("now"u8.ToArray(), new IPEndPoint(address, pair.Number));
        await Receive(phone);
        _state.LastArrival.LocalHost.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public async Task A_sleeping_worker_is_woken_by_mail()
    {
        _engine.Start(new EchoCore(_state));
        for (int i = 0; i < 1000; i++)
        {
            await OnWorker(() => { });
        }
    }

    [Fact]
    public async Task The_thread_has_the_name_of_the_worker_and_runs_the_start_hook()
    {
        var hooked = new TaskCompletionSource<(int Worker, string? Thread)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var engine = new EpollEngine<EchoCore>(
            5,
            EngineCapabilities.Probe(),
            FreePorts.Range(1),
            new LoopbackAddresses(),
            new Random(1),
            _logger,
            worker => hooked.SetResult((worker, Thread.CurrentThread.Name)));

        engine.Start(new EchoCore(_state));

        (await hooked.Task.WaitAsync(Patience)).ShouldBe((5, "worker-5"));
    }

    [Fact]
    public async Task A_defect_is_logged_and_the_next_datagram_is_served()
    {
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.Loopback);
        using var phone = new UdpClient(0, AddressFamily.InterNetwork);
        var port = new IPEndPoint(IPAddress.Loopback, pair.Number);

        await phone.SendAsync("crash"u8.ToArray(), port);
        await phone.SendAsync("fine"u8.ToArray(), port);

        (await Receive(phone)).Buffer.ShouldBe("fine"u8.ToArray());
        _engine.Counters.Faults.ShouldBe(1);
        _logger.Lines.ShouldHaveSingleItem().Id.ShouldBe(1003);
    }

    [Fact]
    public async Task Mail_after_the_end_is_abandoned()
    {
        _engine.Start(new EchoCore(_state));
        _engine.Stop();
        var errand = new EchoCore.Errand(() => { });

        _engine.Mailbox.TryPost(errand).ShouldBeFalse();

        errand.Done.IsCompleted.ShouldBeFalse();
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Relaying_allocates_nothing()
    {
        const int Rounds = 5;
        const int PacketsPerRound = 1000;
        _state.MeasureAllocations = true;
        _engine.Start(new EchoCore(_state));
        PortPair pair = await Open(IPAddress.Loopback);
        using var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await phone.ConnectAsync(new IPEndPoint(IPAddress.Loopback, pair.Number));
        phone.ReceiveTimeout = 20_000;
        byte[] packet = new byte[172];

        long smallest = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            phone.Send(packet);
            phone.Receive(packet);
            long before = _state.AllocatedBytes;
            for (int i = 0; i < PacketsPerRound; i++)
            {
                phone.Send(packet);
                phone.Receive(packet);
            }

            smallest = Math.Min(smallest, _state.AllocatedBytes - before);
        }

        smallest.ShouldBe(0);
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
