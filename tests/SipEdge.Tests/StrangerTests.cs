using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.TestKit;

namespace RtpProxy.SipEdge.Tests;

/// <summary>
/// A proxy that is exposed by mistake harms nobody else: it carries nothing to third parties, sends nobody much more than it
/// got, and nothing comes back to it.
/// </summary>
public sealed class StrangerTests
{
    private const string Registrar = """ "registrar": { "domains": ["example.com"] }, """;
    private const int FewHundred = 300;

    [Theory]
    [InlineData("INVITE", "sip:victim@away.example", "")]
    [InlineData("MESSAGE", "sip:victim@away.example", "")]
    [InlineData("MESSAGE", "sip:bob@example.com", "")]
    [InlineData("BYE", "sip:victim@away.example", ";tag=x")]
    [InlineData("ACK", "sip:victim@away.example", ";tag=x")]
    [InlineData("ACK", "sip:victim@away.example", "")]
    public async Task A_Route_of_a_stranger_is_not_followed_to_a_third_party(string method, string uri, string tag)
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, trust: Edge.OpenToAll);
        using var third = new SipPeer("127.0.0.77");

        edge.Call.CallerSends(Tagged(edge.Call.Initial(method, null, uri, $"Route: <sip:{third.HostPort};lr>\r\n"), tag));

        if (method != "ACK")
        {
            await edge.Caller.ExpectAsync("SIP/2.0 403 Route Not Allowed");
        }

        await edge.DrainAsync();
        third.HasMail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("INVITE")]
    [InlineData("ACK")]
    public async Task A_Request_URI_of_a_third_party_is_not_followed_because_a_stranger_says_that_it_is_in_a_call(string method)
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "", trust: Edge.OpenToAll);
        using var third = new SipPeer("127.0.0.77");

        edge.Call.CallerSends(edge.Call
            .FromCaller(method, null, $"Route: <sip:{edge.Udp};lr>\r\n", 2)
            .Replace(edge.Callee.HostPort, third.HostPort, StringComparison.Ordinal));

        if (method != "ACK")
        {
            await edge.Caller.ExpectAsync("SIP/2.0 481");
        }

        await edge.DrainAsync();
        third.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stranger_does_not_reach_a_third_party_as_a_strict_router()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "", trust: Edge.OpenToAll);
        using var third = new SipPeer("127.0.0.77");

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, $"sip:{edge.Udp};lr", $"Route: <sip:x@{third.HostPort}>\r\n", "z9hG4bK-1"));
        edge.Call.CallerSends(edge.Call.FromCaller("MESSAGE", null, $"Route: <sip:x@{third.HostPort}>\r\n", 2)
            .Replace($"sip:bob@{edge.Callee.HostPort}", $"sip:{edge.Udp};lr", StringComparison.Ordinal));

        (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(404);
        (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(481);
        third.HasMail.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Edge.OpenToAll, false)]
    [InlineData(Edge.OpenToServers, true)]
    public async Task Only_a_trusted_server_says_who_calls_in_fields_that_gateways_believe(string trust, bool isKept)
    {
        await using Edge edge = await Edge.StartAsync(trust: trust);

        edge.Call.CallerSends(edge.Call.Initial(
            "INVITE", null, extra: "P-Asserted-Identity: <sip:boss@example.com>\r\nremote-party-id : <sip:boss@example.com>\r\n"));

        (await edge.Callee.ExpectAsync("INVITE")).Text.Contains("boss", StringComparison.Ordinal).ShouldBe(isKept);
    }

    [Fact]
    public async Task An_answer_that_there_is_no_room_to_keep_passes_all_the_same()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "transactions": 4 }, """);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        string large = $"Subject: {new string('x', 50_000)}\r\n";

        edge.Call.CalleeSends(Dialogue.Response(invite, "183 Session Progress", extra: large));
        await edge.Caller.ExpectAsync("SIP/2.0 183");
        edge.Call.CalleeSends(Dialogue.Response(invite, "486 Busy Here", extra: large));
        await edge.Caller.ExpectAsync("SIP/2.0 486");

        await edge.AdvanceUntilAsync(() => edge.Server.TransactionCount == 0);
        edge.Server.Counters.Read(EdgeCounter.Faults).ShouldBe(0);
    }

    [Fact]
    public async Task A_phone_that_registered_without_a_password_is_not_called_again_and_again_before_it_has_ever_answered()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "", trust: Edge.OpenToAll);
        edge.Callee.Send(Registration.Request(edge.Callee, "bob", "<sip:bob@10.9.8.7>"), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: "z9hG4bK-1"));
        (await CountAsync(edge)).ShouldBe(2);

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: "z9hG4bK-2"));
        edge.Callee.Send(Dialogue.Response(await edge.Callee.ExpectAsync("MESSAGE"), "200 OK"), edge.Udp);
        await edge.Caller.ExpectAsync("SIP/2.0 200");
        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: "z9hG4bK-3"));
        (await CountAsync(edge)).ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Whoever_registers_without_a_password_is_still_a_stranger()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, trust: Edge.OpenToAll);
        using var third = new SipPeer("127.0.0.77");
        edge.Caller.Send(Registration.Request(edge.Caller, "mallory", "<sip:mallory@10.9.8.7>"), edge.Udp);
        await edge.Caller.ExpectAsync("SIP/2.0 200");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, extra: $"Route: <sip:{third.HostPort};lr>\r\n"));

        await edge.Caller.ExpectAsync("SIP/2.0 403");
        third.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_seal_is_good_for_its_own_dialog_only_and_leads_to_its_other_end_only()
    {
        await using Edge edge = await Edge.StartAsync(trust: Edge.OpenToAll);
        using var third = new SipPeer("127.0.0.77");
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK"));
        string route = Dialogue.RouteOf(await edge.Caller.ExpectAsync("SIP/2.0 200"), reversed: true);

        // The callee's side says that it is somewhere else, and so does the caller: both still hear of each other.
        call.CallerSends(call.FromCaller("INFO", null, route, 2).Replace(edge.Callee.HostPort, third.HostPort, StringComparison.Ordinal));
        await edge.Callee.ExpectAsync($"INFO sip:bob@{third.HostPort}");
        call.CallerSends(call.FromCaller("INFO", null, $"{route.TrimEnd()}, <sip:{third.HostPort};lr>\r\n", 3));
        await edge.Callee.ExpectAsync("INFO");
        call.CalleeSends(call.FromCallee("INFO", null, route, 2).Replace($"alice@{edge.Caller.HostPort}", $"alice@{third.HostPort}", StringComparison.Ordinal));
        await edge.Caller.ExpectAsync($"INFO sip:alice@{third.HostPort}");

        foreach (string foreign in (string[])
            [
                call.FromCaller("INFO", null, route, 4).Replace("Call-ID: call-1", "Call-ID: call-2", StringComparison.Ordinal),
                call.FromCaller("INFO", null, route, 5).Replace("tag=ft", "tag=other", StringComparison.Ordinal),
                call.FromCaller("INFO", null, route.Replace("seal=0", "seal=1", StringComparison.Ordinal), 6),
                call.FromCaller("INFO", null, route.Replace("seal=", "seal=00", StringComparison.Ordinal), 7),
            ])
        {
            call.CallerSends(foreign.Replace("\r\nCSeq", $"\r\nRoute: <sip:{third.HostPort};lr>\r\nCSeq", StringComparison.Ordinal));
            await edge.Caller.ExpectAsync("SIP/2.0 403");
        }

        third.HasMail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.99")]
    [InlineData("0.0.0.0")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("EDGE.example.com.")]
    [InlineData("example.com")]
    public async Task What_would_come_back_to_us_is_ours_or_a_loop_under_every_name_of_ours(string host)
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "", listen: "0.0.0.0", advertise: "edge.example.com");
        int port = edge.Server.Points[0].Local.Port;
        int tcp = edge.Server.Points[1].Local.Port;
        int cseq = 1;
        foreach (string uri in (string[])[$"sip:x@{host}:{port}", $"sip:x@{host}:{port};transport=tcp", $"sip:x@{host}:{tcp};transport=tcp"])
        {
            edge.Call.CallerSends(edge.Call.FromCaller("MESSAGE", null, "", cseq++).Replace($"sip:bob@{edge.Callee.HostPort}", uri, StringComparison.Ordinal));
            (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBeOneOf(404, 482, 503);
            edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, "sip:x@example.com", $"Route: <{uri};lr>\r\n", cseq: cseq++));
            (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBeOneOf(404, 482, 503);
        }

        edge.Server.Counters.Read(EdgeCounter.RequestForwarded).ShouldBe(0);
        edge.Server.TransactionCount.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task A_next_hop_that_is_ourselves_is_a_loop()
    {
        await using Edge edge = await Edge.StartAsync(nextHop: "sip:127.0.0.1:9");
        string json = edge.Json(nextHop: $"sip:localhost:{edge.Udp.Port}");
        await edge.Server.ReloadAsync(Configuration.EdgeConfiguration.Parse(Encoding.UTF8.GetBytes(json)), TestContext.Current.CancellationToken);

        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));

        await edge.Caller.ExpectAsync("SIP/2.0 482 Loop Detected");
        edge.MediaCommands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_that_another_proxy_sends_back_unchanged_is_a_loop_and_one_with_a_new_target_is_none()
    {
        await using Edge edge = await Edge.StartAsync();
        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null));
        string first = (await edge.Callee.ExpectAsync("MESSAGE")).Text;
        string via = $"Via: SIP/2.0/UDP {edge.Callee.HostPort};branch=z9hG4bK-other";

        edge.Call.CalleeSends(first.Replace("\r\nVia", $"\r\n{via}-1\r\nVia", StringComparison.Ordinal));
        await edge.Callee.ExpectAsync("SIP/2.0 482 Loop Detected");

        edge.Call.CalleeSends(first
            .Replace("\r\nVia", $"\r\n{via}-2\r\nVia", StringComparison.Ordinal)
            .Replace("sip:bob@example.com SIP", "sip:carol@example.com SIP", StringComparison.Ordinal));
        await edge.Callee.ExpectAsync("MESSAGE sip:carol@example.com");
    }

    [Theory]
    [InlineData("Max-Forwards: 255\r\n", "Max-Forwards: 69\r\n")]
    [InlineData("Max-Forwards: 71\r\n", "Max-Forwards: 69\r\n")]
    [InlineData("Max-Forwards: 12\r\n", "Max-Forwards: 11\r\n")]
    [InlineData("", "Max-Forwards: 69\r\n")]
    public async Task More_hops_than_seventy_count_as_seventy(string put, string expected)
    {
        await using Edge edge = await Edge.StartAsync();

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null).Replace("Max-Forwards: 70\r\n", put, StringComparison.Ordinal));

        (await edge.Callee.ExpectAsync("MESSAGE")).Text.ShouldContain(expected);
    }

    [Theory]
    [InlineData("127.0.0.1", "")]
    [InlineData("example.com", "")]
    [InlineData("localhost", "")]
    [InlineData("LocalHost.", "")]
    [InlineData("10.9.8.7", ";maddr=127.0.0.1")]
    [InlineData("10.9.8.7", ";maddr=example.com")]
    public async Task A_phone_cannot_register_at_our_own_address(string host, string parameter)
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, trust: Edge.OpenToAll);

        edge.Callee.Send(Registration.Request(edge.Callee, "bob", $"<sip:bob@{host}:{edge.Udp.Port}{parameter}>"), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 403 Contact Is This Server");
        edge.Server.BindingCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("INVITE", "sip:nobody@example.com", "SIP/2.0 404")]
    [InlineData("INVITE", "sip:nobody@away.example", "SIP/2.0 404 Not Found; Expected Domain example.com")]
    [InlineData("INVITE", "tel:+4930", "SIP/2.0 416")]
    [InlineData("MESSAGE", "sip:nobody@example.com", "SIP/2.0 404")]
    [InlineData("OPTIONS", "sip:example.com", "SIP/2.0 200")]
    [InlineData("REGISTER", "sip:away.example", "SIP/2.0 404 Not Found; Expected Domain example.com")]
    public async Task Who_is_unknown_is_answered_once_shortly_and_forgotten(string method, string uri, string answer)
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, nextHop: "", trust: Edge.OpenToAll);
        string request = edge.Call.Initial(method, null, uri);

        edge.Call.CallerSends(request);

        SipMessage first = await edge.Caller.ReceiveAsync();
        first.Text.ShouldStartWith(answer);
        first.Text.Length.ShouldBeLessThanOrEqualTo(request.Length + FewHundred);
        edge.Server.TransactionCount.ShouldBe(0);
        edge.Time.Advance(TimeSpan.FromSeconds(32));
        edge.Call.CallerSends(request);
        (await edge.Caller.ReceiveAsync()).Text.ShouldBe(first.Text);
        edge.Call.CallerSends(edge.Call.Initial("ACK", null, uri, branch: first.TopVia!.Branch)
            .Replace("To: <sip:bob@example.com>", $"To: <sip:bob@example.com>;tag={first.ToTag}", StringComparison.Ordinal));
        await edge.DrainAsync();
        edge.Caller.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task The_refusal_of_a_callee_is_not_repeated_to_an_address_that_may_be_forged()
    {
        await using Edge edge = await Edge.StartAsync(trust: Edge.OpenToAll);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        edge.Call.CalleeSends(Dialogue.Response(invite, "486 Busy Here"));
        await edge.Caller.ExpectAsync("SIP/2.0 486");

        for (int i = 0; i < 20; i++)
        {
            edge.Time.Advance(TimeSpan.FromSeconds(1));
        }

        using var probe = new SipPeer();
        var own = new Dialogue(probe, edge.Callee, edge.Udp, "probe");
        own.CallerSends(own.Initial("OPTIONS", null, $"sip:{edge.Udp}"));
        await probe.ExpectAsync("SIP/2.0 200");
        edge.Caller.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_that_began_at_an_address_that_may_be_forged_does_not_prove_that_address()
    {
        await using Edge edge = await Edge.StartAsync(trust: Edge.OpenToAll);
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        string route = Dialogue.RouteOf(invite, reversed: false); // A callee that is in league with the caller tells it.

        call.CallerSends(call.FromCaller("INVITE", null, route, 2));
        call.CalleeSends(Dialogue.Response(await edge.Callee.ExpectAsync("INVITE"), "488 Not Acceptable Here"));
        await edge.Caller.ExpectAsync("SIP/2.0 488");
        for (int i = 0; i < 20; i++)
        {
            edge.Time.Advance(TimeSpan.FromSeconds(1));
        }

        using var probe = new SipPeer();
        var own = new Dialogue(probe, edge.Callee, edge.Udp, "probe");
        own.CallerSends(own.Initial("OPTIONS", null, $"sip:{edge.Udp}"));
        await probe.ExpectAsync("SIP/2.0 200");
        edge.Caller.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_question_for_the_phones_of_a_user_is_not_answered_with_a_novel()
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, trust: Edge.OpenToAll);
        using var mallory = new SipPeer();
        for (int i = 0; i < 10; i++)
        {
            mallory.Send(Registration.Request(mallory, "bob", $"<sip:bob@10.0.0.{i};x={new string('x', 900)}>", cseq: i + 1), edge.Udp);
            await mallory.ExpectAsync("SIP/2.0 200");
        }

        string question = Registration.Request(edge.Caller, "bob", null, cseq: 99);
        edge.Caller.Send(question, edge.Udp);

        (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.Length.ShouldBeLessThanOrEqualTo(question.Length + FewHundred);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public async Task A_call_with_more_than_sixteen_media_is_refused(string lineEnd)
    {
        await using Edge edge = await Edge.StartAsync();
        string media = string.Concat(Enumerable.Range(0, 16).Select(i => $"m=audio {5000 + (2 * i)} RTP/AVP 0\r\n"));
        string sdp = (Dialogue.Sdp("192.0.2.1", 4000) + media).Replace("\r\n", lineEnd, StringComparison.Ordinal);

        edge.Call.CallerSends(edge.Call.Initial("INVITE", sdp));

        (await edge.Caller.ExpectAsync("SIP/2.0 488 At Most 16 Media")).Text.ShouldContain("\r\nWarning: 399 ");
        edge.MediaCommands.ShouldBeEmpty();
        edge.Server.TransactionCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("Call-ID: call-1", "Call-ID: ")]
    [InlineData(";tag=ft", ";tag=")]
    [InlineData(";tag=tt", ";tag=")]
    [InlineData("branch=z9hG4bK-d1", "branch=z9hG4bK")]
    [InlineData("MESSAGE sip:bob", "MESSAGE sip:")]
    public async Task A_request_with_a_name_of_five_hundred_letters_is_refused(string instead, string before)
    {
        await using Edge edge = await Edge.StartAsync();
        string request = edge.Call.FromCaller("MESSAGE", null, "", 2);
        request.ShouldContain(instead);

        edge.Call.CallerSends(request.Replace(instead, before + new string('x', 513), StringComparison.Ordinal));

        await edge.Caller.ExpectAsync("SIP/2.0 400 Too Long A Name");
        edge.Server.TransactionCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\r\n", 150)]
    [InlineData("Route: <sip:192.0.2.1;lr>\r\n", 101)]
    [InlineData("Record-Route: <sip:192.0.2.1;lr>\r\n", 101)]
    [InlineData("X: y\r\n", 1_000)]
    [InlineData("x:\n", 15_000)]
    public async Task A_request_of_a_thousand_fields_is_refused(string field, int count)
    {
        await using Edge edge = await Edge.StartAsync();
        string many = string.Concat(Enumerable.Repeat(field, count));

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, extra: many));

        (await edge.Caller.ReceiveAsync()).Text.ShouldStartWith("SIP/2.0 400 Too Many");
        edge.Server.TransactionCount.ShouldBe(0);
    }

    [Fact]
    public async Task One_address_does_not_take_all_transactions()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "transactions": 10 }, """, trust: Edge.OpenToAll);
        for (int i = 0; i < 6; i++)
        {
            edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: $"z9hG4bK-m{i}"));
        }

        await edge.Caller.ExpectAsync("SIP/2.0 503 Too Many Transactions");
        edge.Server.TransactionCount.ShouldBe(5);
        using var other = new SipPeer("127.0.0.5");
        var call = new Dialogue(other, edge.Callee, edge.Udp, "other");
        call.CallerSends(call.Initial("MESSAGE", null));
        await Eventually.TrueAsync(() => edge.Server.TransactionCount == 6);

        await edge.AdvanceUntilAsync(() => edge.Server.TransactionCount == 0);
        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: "z9hG4bK-again"));
        await Eventually.TrueAsync(() => edge.Server.TransactionCount == 1);
    }

    [Fact]
    public async Task INVITEs_of_unproven_sources_that_nobody_answers_are_few_of_one_and_of_all()
    {
        await using Edge edge = await Edge.StartAsync(trust: Edge.OpenToAll);
        SipMessage invite = null!;
        for (int i = 0; i < 256; i++)
        {
            edge.Call.CallerSends(edge.Call.Initial("INVITE", null, branch: $"z9hG4bK-m{i}"));
            invite = await edge.Callee.ExpectAsync("INVITE");
            await edge.Caller.ExpectAsync("SIP/2.0 100");
        }

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, branch: "z9hG4bK-more"));
        await edge.Caller.ExpectAsync("SIP/2.0 503 Too Many Unanswered Calls");
        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: "z9hG4bK-other"));
        await edge.Callee.ExpectAsync("MESSAGE");

        edge.Call.CalleeSends(Dialogue.Response(invite, "180 Ringing")); // Somebody is there: it makes room.
        await edge.Caller.ExpectAsync("SIP/2.0 180");
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, branch: "z9hG4bK-again"));
        await edge.Callee.ExpectAsync("INVITE");

        for (int i = 0; i < 4; i++)
        {
            using var other = new SipPeer($"127.0.0.{50 + i}");
            var call = new Dialogue(other, edge.Callee, edge.Udp, $"other-{i}");
            for (int j = 0; j < 256; j++)
            {
                call.CallerSends(call.Initial("INVITE", null));
                if ((await other.ReceiveAsync()).StatusCode == 503)
                {
                    (i, j).ShouldBe((3, 0)); // 1,024 in all.
                    return;
                }
            }
        }

        Assert.Fail("There is no bound for all together.");
    }

    [Fact]
    public async Task One_address_does_not_take_all_connections()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "connections": 4, "connectionsOfOne": 1 }, """, trust: Edge.OpenToAll);
        using var first = new TcpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var second = new TcpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var other = new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.5"), 0));
        await first.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => edge.Server.ConnectionCount == 1);

        await second.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        (await second.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
        await other.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => edge.Server.ConnectionCount == 2);
    }

    [Fact]
    public async Task A_message_that_is_begun_must_end_soon_also_after_others()
    {
        await using Edge edge = await Edge.StartAsync();
        using var slow = new TcpClient();
        await slow.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        byte[] buffer = new byte[2];
        await slow.GetStream().WriteAsync("\r\n\r\nOPTIONS"u8.ToArray(), TestContext.Current.CancellationToken);
        (await slow.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(2);
        edge.Server.ConnectionCount.ShouldBe(1);

        // That what follows the keep-alive has been read is not to be seen from here: its time may begin a little later.
        TimeSpan waited = TimeSpan.Zero;
        await Eventually.TrueAsync(async () =>
        {
            waited += TimeSpan.FromSeconds(1);
            edge.Time.Advance(TimeSpan.FromSeconds(1));
            await TryWriteAsync(slow, "x");
            return edge.Server.ConnectionCount == 0;
        });
        waited.ShouldBeLessThan(TimeSpan.FromMinutes(20)); // A connection that brings nothing at all has half an hour.
    }

    [Fact]
    public async Task Only_who_sent_an_INVITE_may_cancel_it()
    {
        await using Edge edge = await Edge.StartAsync();
        using var mallory = new SipPeer("127.0.0.66");
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, branch: "z9hG4bK-c"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        edge.Call.CalleeSends(Dialogue.Response(invite, "180 Ringing"));
        await edge.Caller.ExpectAsync("SIP/2.0 180");

        mallory.Send(edge.Call.Initial("CANCEL", null, branch: "z9hG4bK-c"), edge.Udp);

        await mallory.ExpectAsync("SIP/2.0 481");
        edge.Callee.HasMail.ShouldBeFalse();
    }

    // How often a request comes, in half a minute, to a phone that says nothing.
    private static async Task<int> CountAsync(Edge edge)
    {
        await edge.Callee.ExpectAsync("MESSAGE");
        int count = 1;
        for (int i = 0; i < 60; i++)
        {
            edge.Time.Advance(TimeSpan.FromMilliseconds(500));
            await edge.DrainAsync();
            for (; edge.Callee.HasMail; count++)
            {
                await edge.Callee.ExpectAsync("MESSAGE");
            }
        }

        return count;
    }

    private static string Tagged(string request, string tag) =>
        request.Replace("To: <sip:bob@example.com>", $"To: <sip:bob@example.com>{tag}", StringComparison.Ordinal);

    private static async Task TryWriteAsync(TcpClient client, string text)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            // Closed already, and perhaps known to be.
        }
    }
}
