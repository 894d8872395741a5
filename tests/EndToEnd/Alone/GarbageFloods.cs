using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Alone;

/// <summary>Datagrams and commands that mean nothing, as many as the daemon can read: no call hears of them.</summary>
public sealed class GarbageFloods
{
    private const int Datagrams = 20_000;

    [Fact]
    public async Task Garbage_on_the_ports_of_a_call_does_not_reach_its_parties()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        using var stranger = new MediaSocket(Loopback.NextAddress());
        var random = new Random(1);
        await call.ExchangeAsync();
        for (int i = 0; i < 100; i++)
        {
            foreach (IPEndPoint rtp in (IPEndPoint[])[call.FacingCaller, call.FacingCallee])
            {
                for (int j = 0; j < 10; j++)
                {
                    stranger.Send(RandomBytes(random, 1500), rtp);
                    stranger.Send(RandomBytes(random, 1500), new IPEndPoint(rtp.Address, rtp.Port + 1));
                }
            }

            await call.ExchangeAsync();
        }

        call.ShouldBeUndisturbed();
        stranger.Arrivals.ShouldBeEmpty();
        (await relay.Daemon.CounterAsync("npkts_relayed")).ShouldBe(202);
        await call.DeleteAsync();
        await relay.NothingShouldBeLeftAsync();
        relay.Daemon.Output.Length.ShouldBeLessThan(20_000, "a line per datagram is a flood of its own");
    }

    [Fact]
    public async Task A_flood_on_other_sessions_and_on_the_control_port_costs_a_call_no_packet()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync("udp");
        using LoneCall call = await relay.CallAsync();
        using LoneCall other = await relay.CallAsync();
        using var stranger = new MediaSocket(Loopback.NextAddress());
        IPEndPoint control = IPEndPoint.Parse(relay.Daemon.Socket.Argument["udp:".Length..]);
        await call.ExchangeAsync();
        await other.ExchangeAsync();

        using var over = new CancellationTokenSource();
        Task flood = Task.Run(() => Flood(stranger, [control, other.FacingCaller, other.FacingCallee], over.Token), over.Token);
        try
        {
            for (int i = 0; i < 50; i++)
            {
                await call.ExchangeAsync();
            }
        }
        finally
        {
            await over.CancelAsync();
            await flood;
        }

        call.ShouldBeUndisturbed();
        await call.DeleteAsync();
        await other.DeleteAsync();
        await relay.NothingShouldBeLeftAsync();
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("udp")]
    [InlineData("cunix")]
    public async Task Garbage_commands_are_answered_with_errors_and_leave_nothing(string controlKind)
    {
        await using LoneRelay relay = await LoneRelay.StartAsync(controlKind, "-s", "unix:orderly.sock");
        using var orderly = new UnixControlClient(relay.Directory["orderly.sock"]);
        var random = new Random(3);
        for (int i = 0; i < 500; i++)
        {
            string reply = await relay.AskAsync(RandomCommand(random));
            reply.ShouldMatch("^(E[0-9]+|[0-9]+( .*)?|)$");
            if (i % 50 == 0)
            {
                (await orderly.AskAsync("V")).ShouldBe("20040107");
            }
        }

        (await orderly.AskAsync("X")).ShouldBe("0");
        (await orderly.AskAsync("I")).ShouldContain("active sessions: 0\n");
        relay.Daemon.Output.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task A_stream_of_random_bytes_ends_in_a_closed_connection_and_nothing_else()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync("unix", "-s", "cunix:kept.sock");
        var random = new Random(4);
        for (int i = 0; i < 50; i++)
        {
            using Socket socket = await UnixConnection.OpenAsync(
                relay.Directory["kept.sock"], TestContext.Current.CancellationToken);
            try
            {
                await socket.SendAsync(RandomBytes(random, 20_000), TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                // Closed half-way, because no line end came.
            }
        }

        await relay.AskAsync("X");
        await relay.NothingShouldBeLeftAsync();
        relay.Daemon.Output.ShouldNotContain("Exception");
    }

    private static void Flood(MediaSocket stranger, IPEndPoint[] targets, CancellationToken stop)
    {
        var random = new Random(2);
        for (int i = 0; i < Datagrams && !stop.IsCancellationRequested; i++)
        {
            stranger.Send(RandomBytes(random, 400), targets[i % targets.Length]);
        }
    }

    private static byte[] RandomBytes(Random random, int longest)
    {
        byte[] bytes = new byte[random.Next(longest)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Something between noise and a command: a letter, then words that are right, nearly right or wrong.</summary>
    private static string RandomCommand(Random random)
    {
        string[] words =
        [
            "call", "from", "to", "from;1", "127.0.0.1", "::1", "0.0.0.0", "5000", "0", "65536", "-1", "&&", "L", "D", "S", "ttl=3",
            "session", "ttl", "%zz", "udp:127.0.0.1:9", new string('x', 300), "\u0001", "\u00ff\u00fe", ";", "=", "..", "a/b",
        ];
        var command = new StringBuilder();
        command.Append((char)random.Next(33, 127)).Append(random.Next(3) == 0 ? (char)random.Next(33, 127) : ' ');
        for (int i = random.Next(12); i > 0; i--)
        {
            command.Append(' ').Append(words[random.Next(words.Length)]);
        }

        return command.ToString();
    }
}
