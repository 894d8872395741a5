using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Phones that register, and calls to them (RFC 3261 section 10).</summary>
public sealed class RegistrarTests
{
    private const string Registrar = """ "registrar": { "domains": ["example.com"], "minSeconds": 60, "maxSeconds": 600 }, """;

    [Fact]
    public async Task A_call_to_a_registered_phone_goes_where_it_registered_from()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "sip:127.0.0.1:9");
        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7:5060>;expires=120"), edge.Udp);
        SipMessage ok = await edge.Callee.ExpectAsync("SIP/2.0 200");
        ok.Text.ShouldContain("Contact: <sip:bob@10.9.8.7:5060>;expires=120");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));

        await edge.Callee.ExpectAsync("INVITE sip:bob@10.9.8.7:5060 SIP/2.0");
    }

    [Fact]
    public async Task A_phone_is_forgotten_when_its_time_is_over_or_it_says_so()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "sip:127.0.0.9:9");
        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7>"), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");
        edge.Server.BindingCount.ShouldBe(1);

        edge.Time.Advance(TimeSpan.FromSeconds(600));
        edge.Callee.Send(Register(edge, edge.Callee, null, cseq: 2), edge.Udp);
        (await edge.Callee.ExpectAsync("SIP/2.0 200")).Text.ShouldNotContain("Contact:");
        edge.Server.BindingCount.ShouldBe(0);

        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7>", cseq: 3), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");
        edge.Callee.Send(Register(edge, edge.Callee, "*", "Expires: 0\r\n", cseq: 4), edge.Udp);
        (await edge.Callee.ExpectAsync("SIP/2.0 200")).Text.ShouldNotContain("Contact:");
        edge.Server.BindingCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("<sip:bob@10.9.8.7>;expires=5", "", "SIP/2.0 423 Interval Too Brief")]
    [InlineData("<sip:bob@10.9.8.7>;expires=soon", "", "SIP/2.0 400 Bad Expires")]
    [InlineData("<sip:bob@10.9.8.7>", "Expires: never\r\n", "SIP/2.0 400 Bad Expires")]
    [InlineData("<mailto:bob@example.com>", "", "SIP/2.0 400 Bad Contact")]
    [InlineData("*", "", "SIP/2.0 400 Contact * Needs Expires 0")]
    public async Task A_bad_REGISTER_is_refused_and_changes_nothing(string contact, string extra, string answer)
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar);

        edge.Callee.Send(Register(edge, edge.Callee, contact, extra), edge.Udp);

        await edge.Callee.ExpectAsync(answer);
        edge.Server.BindingCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_late_REGISTER_does_not_undo_a_newer_one()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar);
        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7>", cseq: 5), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");

        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7>;expires=0", cseq: 4), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 500 Out Of Order");
        edge.Server.BindingCount.ShouldBe(1);
    }

    [Fact]
    public async Task Bindings_are_bounded_in_all_and_for_each_user()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar + """ "limits": { "bindings": 12 }, """);
        for (int i = 0; i < 12; i++)
        {
            edge.Callee.Send(Register(edge, edge.Callee, $"<sip:bob@10.9.8.{i}>", cseq: i + 1), edge.Udp);
            await edge.Callee.ExpectAsync("SIP/2.0 200");
        }

        edge.Server.BindingCount.ShouldBe(10);
        for (int i = 0; i < 3; i++)
        {
            edge.Callee.Send(Register(edge, edge.Callee, "<sip:x@10.9.8.7>", user: $"user{i}", cseq: 20 + i), edge.Udp);
            await edge.Callee.ExpectAsync(i < 2 ? "SIP/2.0 200" : "SIP/2.0 503 Too Many Bindings");
        }

        edge.Server.BindingCount.ShouldBe(12);
    }

    [Fact]
    public void A_registrar_that_is_full_is_not_looked_through_for_every_request()
    {
        const int Full = 1_000;
        var time = new CountingTime();
        var registrar = new Registrar(Full, time, NullLogger.Instance);
        for (int i = 0; i < Full; i++)
        {
            RegisterPhone(registrar, i).ShouldBe(200);
        }

        time.Questions = 0;
        for (int i = 0; i < 100; i++)
        {
            RegisterPhone(registrar, Full + i).ShouldBe(503);
        }

        time.Questions.ShouldBeLessThan(2 * Full, "each phone is asked about by the clock");
        time.Now += TimeSpan.FromMinutes(5);
        RegisterPhone(registrar, Full).ShouldBe(200);
        registrar.Count.ShouldBe(1, "those whose time is over have made room");
    }

    [Fact]
    public async Task The_oldest_phone_of_a_user_gives_way_to_a_new_one()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar);
        for (int i = 0; i < 25; i++)
        {
            edge.Callee.Send(Register(edge, edge.Callee, $"<sip:bob@10.9.8.7:{5000 + i}>", cseq: i + 1), edge.Udp);
            SipMessage ok = await edge.Callee.ExpectAsync("SIP/2.0 200");
            ok.Text.ShouldContain($"<sip:bob@10.9.8.7:{5000 + i}>");
            ok.Text.ShouldNotContain($"<sip:bob@10.9.8.7:{5000 + i - 10}>");
        }

        edge.Server.BindingCount.ShouldBe(10);
        string many = string.Join(", ", Enumerable.Range(0, 11).Select(i => $"<sip:bob@10.9.8.8:{6000 + i}>"));
        edge.Callee.Send(Register(edge, edge.Callee, many, cseq: 90), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 503 Too Many Bindings"); // One request for more than all.
        edge.Server.BindingCount.ShouldBe(10);
    }

    [Fact]
    public async Task A_phone_whose_connection_is_gone_gives_way_at_once()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar);
        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7>"), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");
        for (int i = 0; i < 12; i++)
        {
            using var phone = new System.Net.Sockets.TcpClient();
            await phone.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
            string register = Register(edge, edge.Callee, $"<sip:bob@{phone.Client.LocalEndPoint};transport=tcp>", cseq: i + 2)
                .Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal);
            await phone.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(register), TestContext.Current.CancellationToken);
            byte[] answer = new byte[4_096];
            int length = await phone.GetStream().ReadAsync(answer, TestContext.Current.CancellationToken);
            string text = System.Text.Encoding.ASCII.GetString(answer, 0, length);
            text.ShouldStartWith("SIP/2.0 200");
            text.ShouldContain("<sip:bob@10.9.8.7>"); // Of those that are still there none gives way.
            edge.Server.BindingCount.ShouldBe(2);
            phone.Close();
            await RtpProxy.TestKit.Eventually.TrueAsync(() => edge.Server.ConnectionCount == 0);
        }
    }

    [Fact]
    public async Task A_phone_that_has_us_as_its_outbound_proxy_can_register()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar);

        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7>", $"Route: <sip:{edge.Udp};lr>\r\n"), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 200");
        edge.Server.BindingCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_within_a_call_reaches_a_registered_phone_the_way_it_registered()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "sip:127.0.0.9:9");
        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7:5060>"), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");
        string ack = edge.Call.FromCaller("ACK", null, $"Route: <sip:{edge.Udp};lr>\r\n", 1);
        string bye = edge.Call.FromCaller("BYE", null, $"Route: <sip:{edge.Udp};lr>\r\n", 2);

        edge.Call.CallerSends(ack.Replace($"bob@{edge.Callee.HostPort}", "bob@10.9.8.7:5060", StringComparison.Ordinal));
        edge.Call.CallerSends(bye.Replace($"bob@{edge.Callee.HostPort}", "bob@10.9.8.7:5060", StringComparison.Ordinal));

        await edge.Callee.ExpectAsync("ACK sip:bob@10.9.8.7:5060 SIP/2.0");
        await edge.Callee.ExpectAsync("BYE sip:bob@10.9.8.7:5060 SIP/2.0");
    }

    [Fact]
    public async Task A_call_that_crosses_from_one_address_to_another_is_answered_and_ended_from_the_address_where_it_began()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "sip:127.0.0.9:9", alsoAt: ["127.0.0.7"]);
        System.Net.IPEndPoint outside = edge.Udp;
        System.Net.IPEndPoint inside = edge.Server.Points[1].Local;
        edge.Callee.Send(Register(edge, edge.Callee, "<sip:bob@10.9.8.7:5060>"), inside);
        await edge.Callee.ExpectAsync("SIP/2.0 200");
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        invite.TopVia!.SentBy.Host.ShouldBe("127.0.0.7");
        invite.AddressesOf(HeaderKind.RecordRoute).Select(Dialogue.WithoutSeal).ShouldBe([$"sip:{inside};lr", $"sip:{outside};lr"]);

        edge.Callee.Send(edge.Call.FromCallee("BYE", null, Dialogue.RouteOf(invite, reversed: false), 2), inside);

        SipMessage bye = await edge.Caller.ExpectAsync("BYE");
        (bye.TopVia!.SentBy.Host, bye.TopVia.SentBy.Port).ShouldBe((outside.Address.ToString(), outside.Port));
    }

    [Fact]
    public async Task A_REGISTER_that_would_have_us_keep_a_novel_is_refused()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar);

        edge.Callee.Send(Register(edge, edge.Callee, $"<sip:bob@10.9.8.7;x={new string('x', 4_000)}>"), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 400 Bad Contact");
        edge.Server.BindingCount.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_registrar_a_REGISTER_goes_to_the_next_hop()
    {
        await using Edge edge = await Edge.StartAsync();

        edge.Caller.Send(Register(edge, edge.Caller, "<sip:bob@10.9.8.7>"), edge.Udp);

        await edge.Callee.ExpectAsync("REGISTER sip:example.com");
    }

    private static int RegisterPhone(Registrar registrar, int number)
    {
        var point = new ListenPoint(
            SipTransport.Udp, new IPEndPoint(IPAddress.Loopback, 5060), "127.0.0.1", 5060, new InterfaceHosts(TimeProvider.System));
        using var phone = new SipPeer();
        byte[] text = Encoding.ASCII.GetBytes(Registration.Request(
            phone, $"user{number.ToString(CultureInfo.InvariantCulture)}", "<sip:x@10.9.8.7>"));
        SipMessage.TryParse(text, out SipMessage request, out _).ShouldBeTrue();
        var settings = new RegistrarSettings([], TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
        return registrar.Register(request, new Flow(point, phone.Local), isProven: false, settings, _ => false, maxAnswer: 1_000).Status;
    }

    private sealed class CountingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public int Questions { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            Questions++;
            return Now;
        }
    }

    private static string Register(
        Edge edge, SipPeer phone, string? contact, string extra = "", int cseq = 1, string user = "bob") =>
        $"REGISTER sip:example.com SIP/2.0\r\nVia: SIP/2.0/UDP {phone.HostPort};rport;branch=z9hG4bK-reg{cseq}\r\nMax-Forwards: 70\r\n"
        + $"From: <sip:{user}@example.com>;tag=r\r\nTo: <sip:{user}@example.com>\r\nCall-ID: reg-{edge.Callee.Local.Port}\r\nCSeq: {cseq} REGISTER\r\n"
        + (contact is null ? "" : $"Contact: {contact}\r\n") + extra + "Content-Length: 0\r\n\r\n";
}
