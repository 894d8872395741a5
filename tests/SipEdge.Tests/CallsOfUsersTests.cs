using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Within the calls of users nobody is asked again, and they go to nobody but their ends.</summary>
public sealed class CallsOfUsersTests
{
    [Fact]
    public async Task Within_a_call_nobody_is_asked_and_a_phone_with_a_Contact_of_another_name_is_reached()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust, nextHop: "");
        await edge.RegisterAsync(edge.Callee, "bob", "builder", "<sip:f00-ba4@10.9.8.7:5062;ob>");
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "INVITE", "sip:bob@example.com");
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), extra: credentials, branch: "z9hG4bK-2", cseq: 2));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE sip:f00-ba4@10.9.8.7:5062;ob SIP/2.0");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        string route = Dialogue.RouteOf(await edge.Caller.ExpectAsync("SIP/2.0 200"), reversed: true);

        // The Contact as registered, the same without its parameters, and one that nobody has registered.
        foreach (string contact in (string[])["f00-ba4@10.9.8.7:5062;ob", "f00-ba4@10.9.8.7:5062", "something@10.9.8.7:9999"])
        {
            call.CallerSends(call.FromCaller("ACK", null, route, 2).Replace($"bob@{edge.Callee.HostPort}", contact, StringComparison.Ordinal));
            await edge.Callee.ExpectAsync($"ACK sip:{contact} SIP/2.0");
            call.CallerSends(call.FromCaller("INFO", null, route, 3).Replace($"bob@{edge.Callee.HostPort}", contact, StringComparison.Ordinal));
            await edge.Callee.ExpectAsync($"INFO sip:{contact} SIP/2.0");
        }

        // And back, to a caller whose Contact is an address of its own network.
        call.CalleeSends(call.FromCallee("BYE", null, route, 1).Replace($"alice@{edge.Caller.HostPort}", "alice@192.168.7.7:5070", StringComparison.Ordinal));
        await edge.Caller.ExpectAsync("BYE sip:alice@192.168.7.7:5070 SIP/2.0");
    }

    [Fact]
    public async Task The_ACK_of_a_question_for_a_password_ends_here_whatever_branch_it_has()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        await edge.RegisterAsync(edge.Caller, "alice", "wonderland", "<sip:alice@10.0.0.1>");
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");

        edge.Call.CallerSends(edge.Call.Initial("ACK", null, branch: "z9hG4bK-new")
            .Replace("To: <sip:bob@example.com>", $"To: <sip:bob@example.com>;tag={challenge.ToTag}", StringComparison.Ordinal));

        await edge.DrainAsync();
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_registers_the_Contact_of_somebody_else_gets_nothing_of_his_calls()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust + """ "trusted": ["127.0.0.2/32"], """);
        using var bob = new SipPeer("127.0.0.66");
        await edge.RegisterAsync(bob, "bob", "builder", $"<sip:bob@{edge.Callee.HostPort}>");
        Dialogue call = edge.Call;
        string credentials = await edge.CredentialsAsync("INVITE");
        call.CallerSends(call.Initial("INVITE", null, "sip:bob@away.example", credentials, "z9hG4bK-2", 2));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK"));
        string route = Dialogue.RouteOf(await edge.Caller.ExpectAsync("SIP/2.0 200"), reversed: true);

        call.CallerSends(call.FromCaller("ACK", null, route, 2));
        await edge.Callee.ExpectAsync("ACK");
        call.CallerSends(call.FromCaller("BYE", null, route, 3));
        await edge.Callee.ExpectAsync("BYE");
        bob.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_phone_that_registers_from_elsewhere_within_a_call_is_reached_there()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust, nextHop: "");
        const string Contact = "<sip:f00@10.9.8.7:5062>";
        await edge.RegisterAsync(edge.Callee, "bob", "builder", Contact);
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null, extra: await edge.CredentialsAsync("INVITE"), branch: "z9hG4bK-2", cseq: 2));
        call.CalleeSends(Dialogue.Response(await edge.Callee.ExpectAsync("INVITE"), "200 OK"));
        string route = Dialogue.RouteOf(await edge.Caller.ExpectAsync("SIP/2.0 200"), reversed: true);

        using var elsewhere = new SipPeer("127.0.0.9");
        await edge.RegisterAsync(elsewhere, "bob", "builder", Contact);
        call.CallerSends(call.FromCaller("BYE", null, route, 3).Replace($"bob@{edge.Callee.HostPort}", "f00@10.9.8.7:5062", StringComparison.Ordinal));

        await elsewhere.ExpectAsync("BYE");
    }

    [Fact]
    public async Task Without_a_call_of_ours_a_request_reaches_a_phone_by_its_Contact_whatever_its_name()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "registrar": { "domains": ["example.com"] }, """);
        edge.Callee.Send(Registration.Request(edge.Callee, "bob", "<sip:f00@10.9.8.7:5062>"), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");

        edge.Call.CallerSends(edge.Call.FromCaller("BYE", null, $"Route: <sip:{edge.Udp};lr>\r\n", 2)
            .Replace($"bob@{edge.Callee.HostPort}", "f00@10.9.8.7:5062", StringComparison.Ordinal));

        await edge.Callee.ExpectAsync("BYE sip:f00@10.9.8.7:5062");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("127.0.0.66", false)]
    public async Task A_refusal_within_a_call_is_repeated_only_to_where_that_end_of_the_call_is(string? address, bool isRepeated)
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        using var elsewhere = new SipPeer(address ?? "127.0.0.1");
        string route = await edge.EstablishWithPasswordAsync();
        SipPeer source = address is null ? edge.Caller : elsewhere;
        var call = new Dialogue(source, edge.Callee, edge.Udp);

        call.CallerSends(call.FromCaller("INVITE", null, route, 9));
        edge.Callee.Send(Dialogue.Response(await edge.Callee.ExpectAsync("INVITE"), "488 Not Acceptable Here"), edge.Udp);
        await source.ExpectAsync("SIP/2.0 488");

        if (isRepeated)
        {
            await edge.AdvanceUntilAsync(() => source.HasMail);
        }
        else
        {
            (await IsRepeatedAsync(edge, source)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_user_named_like_an_address_has_an_account_of_its_own()
    {
        await using Edge edge = await Edge.StartAsync(
            trust: EdgeUsers.Trust.Replace("\"bob\"", "\"127.0.0.1\"", StringComparison.Ordinal),
            more: """ "limits": { "transactions": 20, "transactionsOfOne": 3 }, """);
        string route = await edge.EstablishWithPasswordAsync();
        using var phone = new SipPeer("127.0.0.66");
        var call = new Dialogue(phone, edge.Callee, edge.Udp, "other");
        var client = new DigestClient("127.0.0.1", "builder");
        call.CallerSends(call.Initial("MESSAGE", null));
        SipMessage challenge = await phone.ExpectAsync("SIP/2.0 407");
        for (int i = 0; i < 3; i++)
        {
            string message = call.Initial("MESSAGE", null, extra: client.Answer(challenge, "MESSAGE", "sip:bob@example.com"), cseq: i + 2);
            call.CallerSends(message.Replace("sip:alice@", "sip:127.0.0.1@", StringComparison.Ordinal));
            await edge.Callee.ExpectAsync("MESSAGE");
        }

        edge.Call.CallerSends(edge.Call.FromCaller("INFO", null, route, 9));

        await edge.Callee.ExpectAsync("INFO");
    }

    // Whether anything comes without being asked for, in the time in which answers are repeated.
    private static async Task<bool> IsRepeatedAsync(Edge edge, SipPeer peer)
    {
        for (int i = 0; i < 20; i++)
        {
            edge.Time.Advance(TimeSpan.FromSeconds(1));
        }

        using var probe = new SipPeer();
        var own = new Dialogue(probe, edge.Callee, edge.Udp, "probe");
        own.CallerSends(own.Initial("OPTIONS", null, $"sip:{edge.Udp}"));
        await probe.ExpectAsync("SIP/2.0 200");
        return peer.HasMail;
    }
}
