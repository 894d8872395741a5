using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Tests.ControlEndpoints;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Hosts;

/// <summary>What only shows with the real core over real sockets; alone, since allocations of the whole process are counted.</summary>
[CollectionDefinition(nameof(WholeRelayTests), DisableParallelization = true)]
[Collection(nameof(WholeRelayTests))]
public sealed class WholeRelayTests
{
    [Fact]
    public async Task Relaying_allocates_nothing()
    {
        const int Rounds = 20;
        const int PacketsPerRound = 500;
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        using Socket caller = Phone(), callee = Phone();
        int forCallee = PortOf(await control.AskAsync($"U c 127.0.0.1 {PortOf(caller)} a\n"));
        int forCaller = PortOf(await control.AskAsync($"L c 127.0.0.1 {PortOf(callee)} a b\n"));
        await caller.ConnectAsync(new IPEndPoint(IPAddress.Loopback, forCaller));
        await callee.ConnectAsync(new IPEndPoint(IPAddress.Loopback, forCallee));
        byte[] packet = new byte[172];
        packet[0] = 0x80;
        packet[8] = 7;

        ushort sequence = 0;
        long smallest = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = AllocatedByOthers();
            for (int i = 0; i < PacketsPerRound; i++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), ++sequence);
                caller.Send(packet);
                callee.Receive(packet);
            }

            smallest = Math.Min(smallest, AllocatedByOthers() - before);
        }

        // Less than a byte per packet: the housekeeping of the process has its own small needs.
        smallest.ShouldBeLessThan(PacketsPerRound);
    }

    [Fact]
    public async Task No_thread_of_the_pool_stands_between_a_control_socket_and_a_worker()
    {
        const int Commands = 600;
        await using HostUnderTest relay = HostUnderTest.Start(["udp:127.0.0.1:0", "tcp:127.0.0.1:0"]);
        using Socket datagrams = Phone();
        datagrams.Connect(relay.BoundTo(0));
        using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        stream.Connect(relay.BoundTo(1));
        byte[] reply = new byte[100];
        long before = ThreadPool.CompletedWorkItemCount;

        for (int i = 0; i < Commands; i++)
        {
            datagrams.Send(System.Text.Encoding.ASCII.GetBytes($"{i} D call{i} tag"));
            datagrams.Receive(reply).ShouldBeGreaterThan(0);
            stream.Send("D call tag\n"u8);
            stream.Receive(reply).ShouldBeGreaterThan(0);
        }

        // The housekeeping of the process has its own small needs.
        (ThreadPool.CompletedWorkItemCount - before).ShouldBeLessThan(Commands / 10);
    }

    [Fact]
    public async Task A_fork_carries_copies_from_one_worker_to_another()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        using Socket caller = Phone(), callee = Phone(), recorderA = Phone(), recorderB = Phone();

        // Some of these calls are on the other worker than the source, whatever the hash.
        await control.AskAsync($"U source 127.0.0.1 {PortOf(caller)} a\n");
        int forCaller = PortOf(await control.AskAsync($"L source 127.0.0.1 {PortOf(callee)} a b\n"));
        for (int i = 0; i < 8; i++)
        {
            string setup = $"U copy{i} 127.0.0.1 {PortOf(recorderA)} ra rb && C source a b && L 127.0.0.1 {PortOf(recorderB)}\n";
            (await control.AskAsync(setup)).ShouldNotContain("-1");
        }

        await control.AskAsync("I\n"); // visits both workers, behind what they told each other

        byte[] packet = new byte[172];
        packet[0] = 0x80;
        await caller.SendToAsync(packet, new IPEndPoint(IPAddress.Loopback, forCaller));

        callee.Receive(packet).ShouldBe(172);
        for (int i = 0; i < 8; i++)
        {
            recorderB.Receive(packet).ShouldBe(172);
        }

        relay.Host.LinkDrops.ShouldBe(0);
        recorderA.Available.ShouldBe(0);
    }

    [Fact]
    public async Task When_the_source_of_forks_ends_the_sessions_that_carried_them_hear_their_own_parties()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        using Socket caller = Phone(), callee = Phone(), recorderA = Phone(), recorderB = Phone();
        await control.AskAsync($"U source 127.0.0.1 {PortOf(caller)} a\n");
        await control.AskAsync($"L source 127.0.0.1 {PortOf(callee)} a b\n");
        var ports = new int[8];
        for (int i = 0; i < ports.Length; i++)
        {
            await control.AskAsync($"U copy{i} 127.0.0.1 {PortOf(recorderA)} ra rb && C source a b\n");
            ports[i] = PortOf(await control.AskAsync($"L copy{i} 127.0.0.1 {PortOf(recorderB)} ra rb\n"));
        }

        (await control.AskAsync($"U copy9 127.0.0.1 {PortOf(recorderA)} ra rb && C source a b\n")).ShouldEndWith(" && -1\n");
        (await control.AskAsync("D source a\n")).ShouldBe("0\n");
        await control.AskAsync("I\n"); // visits both workers, behind what they told each other

        byte[] packet = new byte[172];
        packet[0] = 0x80;
        for (int i = 0; i < ports.Length; i++)
        {
            packet[3] = (byte)i;
            await recorderA.SendToAsync(packet, new IPEndPoint(IPAddress.Loopback, ports[i]));
            recorderB.Receive(packet).ShouldBe(172);
        }
    }

    [Fact]
    public async Task Two_thousand_sessions_leave_no_descriptor_and_no_port_behind()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        await control.AskAsync("U warm 127.0.0.1 4000 a\n");
        await control.AskAsync("D warm a\n");
        OpenFiles().ShouldBeGreaterThan(0); // loads the libraries of assertions, which stay open
        int before = OpenFiles();

        for (int round = 0; round < 8; round++)
        {
            for (int i = 0; i < 250; i++)
            {
                PortOf(await control.AskAsync($"U c{i} 127.0.0.1 4000 a\n")).ShouldBeGreaterThan(0);
                PortOf(await control.AskAsync($"L c{i} 127.0.0.1 5000 a b\n")).ShouldBeGreaterThan(0);
            }

            OpenFiles().ShouldBeGreaterThanOrEqualTo(1000);
            (await control.AskAsync("X\n")).ShouldBe("0\n");
        }

        relay.Host.SessionCount.ShouldBe(0);
        OpenFiles().ShouldBeLessThanOrEqualTo(before);
    }

    [Fact]
    public async Task What_the_kernel_refuses_is_dropped_and_told_once()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        using Socket callee = Phone();
        int forCallee = PortOf(await control.AskAsync("U c 192.0.2.1 4000 a\n")); // no way there from loopback
        await control.AskAsync($"L c 127.0.0.1 {PortOf(callee)} a b\n");
        byte[] packet = new byte[172];
        packet[0] = 0x80;
        for (int i = 0; i < 5; i++)
        {
            await callee.SendToAsync(packet, new IPEndPoint(IPAddress.Loopback, forCallee));
        }

        await Eventually.TrueAsync(async () =>
            await control.AskAsync("G npkts_rcvd npkts_relayed npkts_discard\n") == "5 0 5\n");
        relay.Logger.Lines.Count(l => l.Id == 2051).ShouldBe(1);
    }

    [Fact]
    public async Task Hundreds_of_sessions_time_out_together_although_nothing_else_happens()
    {
        await using HostUnderTest relay = HostUnderTest.Start(
            ["cunix:DIR/c.sock"], (_, options) => options with { Relay = new Relay.RelayOptions { TtlSeconds = 2 } });
        using ControlClient control = await relay.ConnectAsync(0);
        for (int i = 0; i < 300; i++)
        {
            PortOf(await control.AskAsync($"U c{i} 127.0.0.1 4000 a\n")).ShouldBeGreaterThan(0);
        }

        await Eventually.TrueAsync(() => relay.Host.SessionCount == 0);
    }

    // Without what the phones of this test allocate.
    private static long AllocatedByOthers() =>
        GC.GetTotalAllocatedBytes(precise: true) - GC.GetAllocatedBytesForCurrentThread();

    // Files that earlier tests left to the garbage collector do not count.
    private static int OpenFiles()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Directory.GetFiles("/proc/self/fd").Length;
    }

    private static Socket Phone()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int PortOf(Socket phone) => ((IPEndPoint)phone.LocalEndPoint!).Port;

    private static int PortOf(string reply) => int.Parse(reply.Split(' ', '\n')[0], CultureInfo.InvariantCulture);
}
