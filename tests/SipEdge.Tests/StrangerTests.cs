using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Tests;

/// <summary>
/// A proxy that is exposed by mistake harms nobody else: it carries nothing to third parties and sends nobody much more than
/// it got.
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // without a password, which proves nothing
    public async Task A_seal_is_good_for_its_own_dialog_only_and_leads_to_its_other_end_only(bool isRegistered)
    {
        await using Edge edge = await Edge.StartAsync(more: Registrar, trust: Edge.OpenToAll);
        if (isRegistered)
        {
            edge.Caller.Send(Registration.Request(edge.Caller, "alice", $"<sip:alice@{edge.Caller.HostPort}>"), edge.Udp);
            await edge.Caller.ExpectAsync("SIP/2.0 200");
        }

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
}
