using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Daemon.Tests.Keeping;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>Calls that are commanded over the ng protocol, on the executable (docs/ng.md).</summary>
public sealed class NgCallTests : IDisposable
{
    private readonly MediaPhone _alice = new(IPAddress.Loopback);
    private readonly MediaPhone _bob = new(IPAddress.Loopback);

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    [Theory]
    [InlineData(ProtocolType.Udp)]
    [InlineData(ProtocolType.Tcp)]
    public async Task A_call_is_offered_answered_asked_for_and_deleted(ProtocolType protocol)
    {
        int port = FreePorts.One(protocol, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(protocol, port);
        using NgClient client = new(port, protocol);
        (await client.AskAsync("ping")).ShouldBe("d6:result4:ponge");

        await SetUpAsync(client);
        await TalkAsync();

        string query = await client.AskAsync("query", ("call-id", "call"));
        query.ShouldContain("6:result2:ok");
        query.ShouldContain("6:totalsd3:RTPd7:packetsi2e");
        (await client.AskAsync("list")).ShouldContain("5:callsl4:calle");
        (await client.AskAsync("delete", ("call-id", "call"), ("from-tag", "b"))).ShouldContain("6:totalsd3:RTPd7:packetsi2e");
        (await client.AskAsync("list")).ShouldContain("5:callsle");
        (await client.AskAsync("answer", ("call-id", "call"), ("from-tag", "a"), ("to-tag", "b"), ("sdp", "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 0\r\n")))
            .ShouldContain("15:Unknown call-id");
    }

    [Fact]
    public async Task Both_protocols_work_on_the_same_call()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(ProtocolType.Udp, port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client);
        await TalkAsync();

        (await daemon.AskAsync("Q call a;1 b;1")).ShouldEndWith("1 1 2 0");
        (await daemon.AskAsync("D call a b")).ShouldBe("0");
        (await client.AskAsync("list")).ShouldContain("5:callsle");
        (await client.AskAsync("query", ("call-id", "call"))).ShouldContain("6:totalsd3:RTPd7:packetsi2e", Case.Sensitive, "its figures are remembered");
    }

    [Fact]
    public async Task A_call_of_RTPproxys_protocol_is_commanded_over_ng_through_an_upgrade()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("--ng", $"udp:{port}", "-r", ".");
        using NgClient client = new(port, ProtocolType.Udp);
        int forBob = PortOf(await daemon.Keeper.AskAsync($"Uc0 call 127.0.0.1 {_alice.Local.Port} a;1"));
        int forAlice = PortOf(await daemon.Keeper.AskAsync($"Lc0 call 127.0.0.1 {_bob.Local.Port} a;1 b;1"));
        _alice.Remote = new IPEndPoint(IPAddress.Loopback, forAlice);
        _bob.Remote = new IPEndPoint(IPAddress.Loopback, forBob);
        await TalkAsync();

        (await client.AskAsync("list")).ShouldContain("5:callsl4:calle");
        string query = await client.AskAsync("query", ("call-id", "call"), ("from-tag", "a"), ("to-tag", "b"));
        query.ShouldContain("4:tagsd1:ad");
        query.ShouldContain("6:totalsd3:RTPd7:packetsi2e");
        (await client.AskAsync("block media", ("call-id", "call"), ("from-tag", "a"), ("rtpp-flags", "directional"))).ShouldBe("d6:result2:oke");
        (await client.AskAsync("start recording", ("call-id", "call"))).ShouldBe("d6:result2:oke");

        await daemon.UpgradeAsync();
        _alice.Say();
        _bob.Say();
        await _alice.HearAsync();
        _bob.TakeAll().ShouldBe(0, "what a says is blocked");
        (await client.AskAsync("unblock media", ("call-id", "call"), ("from-tag", "a"), ("rtpp-flags", "directional"))).ShouldBe("d6:result2:oke");

        (await client.DescribeAsync("offer", "call", "a", "b", _alice.Local)).ShouldBe(forBob);
        (await client.DescribeAsync("answer", "call", "a", "b", _bob.Local)).ShouldBe(forAlice);
        await TalkAsync();
        (await daemon.Keeper.AskAsync($"U call 127.0.0.1 {_alice.Local.Port} a;1 b;1")).ShouldStartWith($"{forBob}");

        (await client.AskAsync("delete", ("call-id", "call"), ("from-tag", "b"))).ShouldContain("6:totalsd3:RTPd7:packetsi6e");
        (await daemon.Keeper.AskAsync("Q call a;1 b;1")).ShouldStartWith("E");
        (await client.AskAsync("list")).ShouldContain("5:callsle");
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_bytes_and_makes_nothing()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(ProtocolType.Udp, port);
        using NgClient client = new(port, ProtocolType.Udp);
        string sdp = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {_alice.Local.Port} RTP/AVP 0\r\n";
        string offer = string.Create(
            CultureInfo.InvariantCulture, $"d7:command5:offer7:call-id4:call8:from-tag1:a3:sdp{sdp.Length}:{sdp}e");

        string first = await client.AskAsync("same", offer);

        (await client.AskAsync("same", offer)).ShouldBe(first);
        (await daemon.AskAsync("G nsess_created")).ShouldBe("1");
    }

    [Fact]
    public async Task A_draining_relay_sends_new_calls_elsewhere_in_the_words_that_are_understood()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(ProtocolType.Udp, port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client);
        await daemon.SignalAsync("HUP");
        await Eventually.TrueAsync(
            async () => (await OfferAsync(client, "")).Contains("Parallel session limit reached", StringComparison.Ordinal), "a draining relay");

        (await OfferAsync(client, "8:supportsl10:load limite")).ShouldContain("6:result10:load limit");
        await client.DescribeAsync("offer", "call", "a", "b", _alice.Local);
        await TalkAsync();
    }

    [Fact]
    public async Task A_full_relay_sends_new_calls_elsewhere_in_the_words_that_are_understood()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(ProtocolType.Udp, port, "--max-sessions", "1");
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client);

        (await OfferAsync(client, "")).ShouldBe("d6:result5:error12:error-reason30:Parallel session limit reachede");
        (await OfferAsync(client, "8:supportsl10:load limite")).ShouldBe("d6:result10:load limit7:message30:Parallel session limit reachede");
        (await daemon.AskAsync("U other 127.0.0.1 4000 f")).ShouldBe("E98");
        await client.DescribeAsync("offer", "call", "a", "b", _alice.Local);
        await TalkAsync();
        await client.AskAsync("delete", ("call-id", "call"));
        (await OfferAsync(client, "")).ShouldContain("6:result2:ok");
    }

    [Fact]
    public async Task What_is_no_message_harms_nobody()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(ProtocolType.Udp, port);
        using NgClient client = new(port, ProtocolType.Udp);
        byte[] offer = Encoding.Latin1.GetBytes("x d7:command5:offer7:call-id4:call8:from-tag1:a3:sdp3:v=0e");
        for (int length = 0; length < offer.Length; length++)
        {
            await client.SendAsync([(byte)length, .. offer.AsSpan(0, length)]);
        }

        await client.SendAsync(Encoding.Latin1.GetBytes("json {\"command\": \"ping\""));
        await client.SendAsync(Encoding.Latin1.GetBytes("nested " + new string('l', 60_000)));
        await client.SendAsync(Encoding.Latin1.GetBytes("many d" + string.Concat(Enumerable.Repeat("1:ki1e", 10_000)) + "e"));

        using NgClient other = new(port, ProtocolType.Udp);
        (await other.AskAsync("other", "d7:command4:pinge")).ShouldBe("d6:result4:ponge");
        (await daemon.AskAsync("G nsess_created")).ShouldBe("0");
    }

    [Fact]
    public async Task A_web_page_cannot_command_it()
    {
        int port = FreePorts.One(ProtocolType.Tcp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(ProtocolType.Tcp, port);
        using NgClient page = new(port, ProtocolType.Tcp);
        await page.SendAsync(Encoding.Latin1.GetBytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n\nx d7:command4:pinge" + new string('x', 70_000)));

        (await page.HearAsync()).ShouldBeEmpty("the connection ends without a word");
    }

    [Fact]
    public async Task A_call_goes_on_through_an_upgrade_and_a_death()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("--ng", $"udp:{port}");
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client);
        await TalkAsync();

        await daemon.UpgradeAsync();
        await TalkAsync();
        await daemon.KillAsync();
        await TalkAsync();

        int forBob = await client.DescribeAsync("offer", "call", "a", "b", _alice.Local);
        forBob.ShouldBe(_bob.Remote.Port);
        (await client.AskAsync("delete", ("call-id", "call"))).ShouldContain("6:result2:ok");
        (await client.AskAsync("list")).ShouldContain("5:callsle");
    }

    private static Task<DaemonProcess> StartAsync(ProtocolType protocol, int port, params string[] more) => DaemonProcess.StartAsync(new DaemonSettings
    {
        Transports = [Transport.Unix],
        Options = ["-l", "127.0.0.1", "--ng", $"{(protocol == ProtocolType.Udp ? "udp" : "tcp")}:{port}", .. more],
    });

    private static int PortOf(string reply) => int.Parse(reply.Split(' ')[0], CultureInfo.InvariantCulture);

    private async Task SetUpAsync(NgClient client)
    {
        int forBob = await client.DescribeAsync("offer", "call", "a", null, _alice.Local);
        int forAlice = await client.DescribeAsync("answer", "call", "a", "b", _bob.Local);
        _alice.Remote = new IPEndPoint(IPAddress.Loopback, forAlice);
        _bob.Remote = new IPEndPoint(IPAddress.Loopback, forBob);
    }

    private async Task TalkAsync()
    {
        _alice.Say();
        await _bob.HearAsync();
        _bob.Say();
        await _alice.HearAsync();
    }

    private static Task<string> OfferAsync(NgClient client, string more)
    {
        const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
        return client.AskAsync(
            $"drain{Guid.NewGuid():N}",
            $"d7:command5:offer7:call-id32:{Guid.NewGuid():N}8:from-tag1:a{more}3:sdp{Sdp.Length}:{Sdp}e");
    }
}
