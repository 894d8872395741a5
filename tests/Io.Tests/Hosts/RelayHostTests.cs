using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Tests.ControlEndpoints;

namespace RtpProxy.Io.Tests.Hosts;

public sealed class RelayHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_call_set_up_over_a_control_socket_is_relayed_both_ways()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        using var caller = new UdpClient(0, AddressFamily.InterNetwork);
        using var callee = new UdpClient(0, AddressFamily.InterNetwork);

        int forCallee = PortOf(await control.AskAsync($"U call1 127.0.0.1 {PortOf(caller)} alice\n"));
        int forCaller = PortOf(await control.AskAsync($"L call1 127.0.0.1 {PortOf(callee)} alice bob\n"));

        await caller.SendAsync(Rtp(1), new IPEndPoint(IPAddress.Loopback, forCaller));
        UdpReceiveResult toCallee = await Receive(callee);
        toCallee.Buffer.ShouldBe(Rtp(1));
        toCallee.RemoteEndPoint.Port.ShouldBe(forCallee);

        await callee.SendAsync(Rtp(2), new IPEndPoint(IPAddress.Loopback, forCallee));
        UdpReceiveResult toCaller = await Receive(caller);
        toCaller.Buffer.ShouldBe(Rtp(2));
        toCaller.RemoteEndPoint.Port.ShouldBe(forCaller);

        (await control.AskAsync("Q call1 alice bob npkts_ina npkts_ino nrelayed\n")).ShouldBe("1 1 2\n");
        (await control.AskAsync("D call1 alice\n")).ShouldBe("0\n");
        relay.Host.SessionCount.ShouldBe(0);
        relay.Logger.Texts.ShouldContain("RTP stats: 1 in from callee, 1 in from caller, 2 relayed, 0 dropped, 0 ignored");
    }

    [Fact]
    public async Task Deleted_ports_are_free_at_once()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"], pairs: 1);
        using ControlClient control = await relay.ConnectAsync(0);

        for (int i = 0; i < 20; i++)
        {
            PortOf(await control.AskAsync($"U call{i} 127.0.0.1 4000 alice\n")).ShouldBeGreaterThan(0);
            (await control.AskAsync($"U other{i} 127.0.0.1 4000 alice\n")).ShouldBe("E72\n");
            (await control.AskAsync($"D call{i} alice\n")).ShouldBe("0\n");
        }
    }

    [Fact]
    public async Task Calls_of_all_workers_are_counted_together()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        for (int i = 0; i < 20; i++)
        {
            await control.AskAsync($"U call{i} 127.0.0.1 4000 alice\n");
        }

        (await control.AskAsync("I\n")).ShouldStartWith("sessions created: 20\nactive sessions: 20\n");
        (await control.AskAsync("X\n")).ShouldBe("0\n");
        relay.Host.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task Slow_shutdown_ends_with_the_last_session()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        await control.AskAsync("U call1 127.0.0.1 4000 alice\n");

        relay.Host.BeginSlowShutdown();

        (await control.AskAsync("U call2 127.0.0.1 4000 alice\n")).ShouldBe("E99\n");
        relay.Host.Completion.IsCompleted.ShouldBeFalse();
        (await control.AskAsync("D call1 alice\n")).ShouldBe("0\n");
        await relay.Host.Completion.WaitAsync(Patience);
    }

    [Fact]
    public async Task Slow_shutdown_waits_for_the_reply_to_who_ended_the_last_session()
    {
        for (int i = 0; i < 10; i++)
        {
            await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
            using ControlClient control = await relay.ConnectAsync(0);
            await control.AskAsync("U call1 127.0.0.1 4000 alice\n");
            relay.Host.BeginSlowShutdown();

            Task<string> reply = control.AskAsync("X\n");
            await relay.Host.Completion.WaitAsync(Patience);
            await relay.Host.StopAsync();

            (await reply).ShouldBe("0\n");
        }
    }

    [Fact]
    public async Task Stopping_removes_the_socket_files_and_drops_the_sessions()
    {
        HostUnderTest relay = HostUnderTest.Start(["unix:DIR/u.sock", "cunix:DIR/c.sock"]);
        await using (relay)
        {
            using ControlClient control = await relay.ConnectAsync(1);
            await control.AskAsync("U call1 127.0.0.1 4000 alice\n");
            File.Exists(relay.Path("u.sock")).ShouldBeTrue();

            await relay.Host.StopAsync().WaitAsync(Patience);

            File.Exists(relay.Path("u.sock")).ShouldBeFalse();
            File.Exists(relay.Path("c.sock")).ShouldBeFalse();
            (await control.ReadToEndAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_session_that_times_out_is_told_to_its_controller()
    {
        await using HostUnderTest relay = HostUnderTest.Start(
            ["cunix:DIR/c.sock"],
            (test, options) => options with
            {
                Relay = options.Relay with { TtlSeconds = 1, SetupTtlSeconds = 1 },
                NotifySockets = [new Io.Net.Addresses.UnixNotifySocket(test.Path("n.sock"))],
            });
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(relay.Path("n.sock")));
        listener.Listen();
        using ControlClient control = await relay.ConnectAsync(0);

        await control.AskAsync($"U call1 127.0.0.1 4000 alice {relay.Path("n.sock")} the%20tag\n");

        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        byte[] buffer = new byte[100];
        int length = await peer.ReceiveAsync(buffer).WaitAsync(Patience);
        buffer[..length].ShouldBe("the tag\n"u8.ToArray());
    }

    private static byte[] Rtp(byte sequence) => [0x80, 0, 0, sequence, 0, 0, 0, 0, 0, 0, 0, sequence, 1, 2, 3, 4];

    private static int PortOf(UdpClient phone) => ((IPEndPoint)phone.Client.LocalEndPoint!).Port;

    private static int PortOf(string reply) => int.Parse(reply.Split(' ', '\n')[0], CultureInfo.InvariantCulture);

    private static async Task<UdpReceiveResult> Receive(UdpClient phone)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await phone.ReceiveAsync(deadline.Token);
    }
}
