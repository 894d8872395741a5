using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Tests.Hosts;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Control protocol, section 1, over real sockets; the texts are those of section 11.</summary>
public sealed class ControlEndpointTests
{
    private const string OneShot = "unix:DIR/u.sock";
    private const string Lines = "cunix:DIR/c.sock";

    [Theory]
    [InlineData("V\n", "20040107\n")]
    [InlineData("V", "20040107\n")]
    [InlineData("V\nV\n", "E1\n")]
    [InlineData("ck1 V\n", "E1\n")]
    [InlineData("\n", "E5\n")]
    public async Task A_unix_connection_is_one_read_one_command_one_reply(string sent, string received)
    {
        await using HostUnderTest relay = HostUnderTest.Start([OneShot]);
        using ControlClient client = await relay.ConnectAsync(0);

        await client.SendAsync(sent);

        (await client.ReadToEndAsync()).ShouldBe(received);
    }

    [Fact]
    public async Task A_unix_client_that_says_nothing_gets_nothing()
    {
        await using HostUnderTest relay = HostUnderTest.Start([OneShot]);
        using ControlClient client = await relay.ConnectAsync(0);

        client.ShutdownSend();

        (await client.ReadToEndAsync()).ShouldBeEmpty();
    }

    public static TheoryData<string> LineTransports => [Lines, "tcp:127.0.0.1:0", "tcp6:::1:0", "tcp:*:0"];

    [Theory]
    [MemberData(nameof(LineTransports))]
    public async Task Lines_are_answered_in_order_over_a_lasting_connection(string transport)
    {
        await using HostUnderTest relay = HostUnderTest.Start([transport]);
        using ControlClient client = transport.Contains('*', StringComparison.Ordinal)
            ? await ControlClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, relay.BoundTo(0).Port))
            : await relay.ConnectAsync(0);

        await client.SendAsync("V\nVF 20040107\nZ\n");
        string replies = "";
        while (replies.Length < "20040107\n1\nE0\n".Length)
        {
            replies += await client.ReadAsync();
        }

        replies.ShouldBe("20040107\n1\nE0\n");
        (await client.AskAsync("V\r\n")).ShouldBe("20040107\n");
        (await client.AskAsync("ck1 V\n")).ShouldBe("E1\n");
        await client.SendAsync("V");
        (await client.AskAsync("\n")).ShouldBe("20040107\n");
    }

    [Fact]
    public async Task A_reply_of_many_lines_leaves_in_one_write()
    {
        await using HostUnderTest relay = HostUnderTest.Start([Lines, "tcp:127.0.0.1:0"]);
        foreach (int endpoint in new[] { 0, 1 })
        {
            using ControlClient client = await relay.ConnectAsync(endpoint);

            (await client.AskAsync("I\n")).Count(c => c == '\n').ShouldBe(5);
        }
    }

    [Fact]
    public async Task The_longest_line_is_a_command_and_a_longer_one_ends_the_connection()
    {
        await using HostUnderTest relay = HostUnderTest.Start([Lines]);
        using ControlClient longest = await relay.ConnectAsync(0);
        (await longest.AskAsync(new string('A', 8191) + "\n")).ShouldBe("E0\n");

        using ControlClient tooLong = await relay.ConnectAsync(0);
        await tooLong.SendAsync(new string('A', 8192) + "\n");
        (await tooLong.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_unfinished_when_the_client_closes_is_dropped_and_the_rest_answered()
    {
        await using HostUnderTest relay = HostUnderTest.Start([Lines]);
        using ControlClient client = await relay.ConnectAsync(0);

        await client.SendAsync("V\nVF 2004");
        client.ShutdownSend();

        (await client.ReadToEndAsync()).ShouldBe("20040107\n");
    }

    [Fact]
    public async Task A_hundred_slots_serve_99_connections_and_the_longest_idle_gives_way_to_the_next()
    {
        await using HostUnderTest relay = HostUnderTest.Start([Lines]);
        var clients = new List<ControlClient>();
        try
        {
            for (int i = 0; i < 99; i++)
            {
                clients.Add(await relay.ConnectAsync(0));
                (await clients[i].AskAsync("V\n")).ShouldBe("20040107\n");
            }

            using (ControlClient next = await relay.ConnectAsync(0))
            {
                (await next.AskAsync("V\n")).ShouldBe("20040107\n");
                (await clients[0].ReadToEndAsync()).ShouldBeEmpty();
                (await clients[1].AskAsync("V\n")).ShouldBe("20040107\n");
            }

            // A client that goes makes room for another.
            clients[0].Dispose();
            clients.RemoveAt(0);
            await Eventually.TrueAsync(() => IsServed(relay).GetAwaiter().GetResult(), "a free slot");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Datagram_sockets_take_slots_from_connections()
    {
        await using HostUnderTest relay = HostUnderTest.Start([Lines, "udp:127.0.0.1:0", "udp6:::1:0"]);
        var clients = new List<ControlClient>();
        try
        {
            for (int i = 0; i < 97; i++)
            {
                clients.Add(await relay.ConnectAsync(0));
                (await clients[i].AskAsync("V\n")).ShouldBe("20040107\n");
            }

            using ControlClient next = await relay.ConnectAsync(0);
            (await next.AskAsync("V\n")).ShouldBe("20040107\n");
            (await clients[0].ReadToEndAsync()).ShouldBeEmpty();
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Clients_that_do_not_speak_or_do_not_read_delay_nobody()
    {
        await using HostUnderTest relay = HostUnderTest.Start([Lines, OneShot]);
        using ControlClient silent = await relay.ConnectAsync(0);
        using ControlClient silentOneShot = await relay.ConnectAsync(1);
        using ControlClient deaf = await relay.ConnectAsync(0);
        Task flood = Flood(deaf);

        using ControlClient client = await relay.ConnectAsync(0);
        for (int i = 0; i < 100; i++)
        {
            (await client.AskAsync("V\n")).ShouldBe("20040107\n");
        }

        deaf.Dispose();
        await flood;
    }

    [Theory]
    [InlineData("udp:127.0.0.1:0")]
    [InlineData("udp6:::1:0")]
    public async Task Datagrams_are_answered_with_their_cookie(string transport)
    {
        await using HostUnderTest relay = HostUnderTest.Start([transport]);
        using ControlClient client = await relay.DatagramAsync(0);

        (await client.AskAsync("ck1 V")).ShouldBe("ck1 20040107\n");
        (await client.AskAsync("ck2 V\n")).ShouldBe("ck2 20040107\n");
        (await client.AskAsync("ck1 X")).ShouldBe("ck1 20040107\n");
        (await client.AskAsync("V")).ShouldBe("V E5\n");
        (await client.AskAsync("")).ShouldBe("E5\n");
        (await client.AskAsync(" \n")).ShouldBe("E5\n");
        (await client.AskAsync("ck3 Z")).ShouldBe("ck3 E0\n");
        (await client.AskAsync("ck3 V")).ShouldBe("ck3 E0\n");
        string first = await client.AskAsync("ck4 U c 127.0.0.1 4000 f");
        first.ShouldStartWith("ck4 ");
        (await client.AskAsync("ck4 U c 127.0.0.1 4000 f")).ShouldBe(first);
        (await client.AskAsync("ck5 V\nV")).ShouldBe("ck5 E1\n");
        (await client.AskAsync("CK1 V")).ShouldBe("CK1 20040107\n");
        (await client.AskAsync("ck6 G")).ShouldBe("ck6 \n");
        (await client.AskAsync("ck7 I")).ShouldStartWith("ck7 sessions created: 1\nactive sessions: 1\n");
        (await client.AskAsync("&& V")).ShouldBe("&& 20040107\n");
        (await client.AskAsync("ck9\0 V")).ShouldBe("E5\n");
        (await client.AskAsync($"{new string('k', 5000)} V")).ShouldBe("E5\n");
    }

    [Fact]
    public async Task Counters_of_datagrams_are_those_of_the_original()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["udp:127.0.0.1:0"]);
        using ControlClient client = await relay.DatagramAsync(0);
        foreach (string datagram in new[]
        {
            "ck1 V", "ck2 V\n", "ck1 X", "V", "", "ck3 Z", "ck3 V", "ck4 U c 127.0.0.1 4000 f",
            "ck4 U c 127.0.0.1 4000 f", "ck5 V\nV", "CK1 V", "ck6 G", "ck7 I", "&& V",
        })
        {
            await client.AskAsync(datagram);
        }

        (await client.AskAsync("ck8 G ncmds_rcvd ncmds_rcvd_ndups ncmds_succd ncmds_errs ncmds_repld"))
            .ShouldBe("ck8 12 3 7 4 11\n");
    }

    [Fact]
    public async Task One_reply_cache_serves_all_datagram_sockets()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["udp:127.0.0.1:0", "udp6:::1:0"]);
        using ControlClient four = await relay.DatagramAsync(0);
        using ControlClient six = await relay.DatagramAsync(1);

        (await four.AskAsync("ck1 V")).ShouldBe("ck1 20040107\n");
        (await six.AskAsync("ck1 Z")).ShouldBe("ck1 20040107\n");
    }

    [Fact]
    public async Task A_thousand_datagrams_at_once_are_each_answered_once()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["udp:127.0.0.1:0"]);
        using ControlClient client = await relay.DatagramAsync(0);
        var replies = new HashSet<string>();

        for (int round = 0; round < 50; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                await client.SendAsync(string.Create(CultureInfo.InvariantCulture, $"r{round}i{i} V"));
            }

            for (int i = 0; i < 20; i++)
            {
                replies.Add(await client.ReadAsync()).ShouldBeTrue();
            }
        }

        replies.Count.ShouldBe(1000);
    }

    [Fact]
    public async Task A_wildcard_notification_goes_to_the_address_the_command_came_from()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using HostUnderTest relay = HostUnderTest.Start(["udp:127.0.0.1:0"], (_, options) => options with
        {
            Relay = options.Relay with { TtlSeconds = 1, SetupTtlSeconds = 1 },
            NotifySockets = [new Io.Net.Addresses.CallerNotifySocket(port)],
        });
        using ControlClient client = await relay.DatagramAsync(0);

        await client.AskAsync($"ck U c 127.0.0.1 4000 f tcp:%%CC_SELF%%:{port} tag");

        using Socket peer = await listener.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(20));
        byte[] buffer = new byte[10];
        int length = await peer.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20));
        buffer[..length].ShouldBe("tag\n"u8.ToArray());
    }

    private static async Task<bool> IsServed(HostUnderTest relay)
    {
        using ControlClient client = await relay.ConnectAsync(0);
        try
        {
            return await client.AskAsync("V\n") == "20040107\n";
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task Flood(ControlClient deaf)
    {
        try
        {
            for (int i = 0; i < 100_000; i++)
            {
                await deaf.SendAsync("I\nI\nI\nI\nI\nI\nI\nI\n");
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or TimeoutException)
        {
            // Closed by the test, or the relay's buffers are full.
        }
    }
}
