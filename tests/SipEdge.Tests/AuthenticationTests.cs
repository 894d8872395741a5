using RtpProxy.Sip;
using RtpProxy.SipEdge.Proxy;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Who has a password gets in, and nobody else (RFC 3261 section 22, RFC 7616, RFC 8760).</summary>
public sealed class AuthenticationTests
{
    private const string Users =
        """
        "users": [
          { "name": "alice", "password": "wonderland", "identities": ["+4930123", "sip:sales@other.example"] },
          { "name": "bob", "password": "builder" }
        ],
        "registrar": { "domains": ["example.com"] },
        """;

    private const string Domain = "sip:example.com";

    [Theory]
    [InlineData("SHA-256", true)]
    [InlineData("MD5", true)]
    [InlineData("SHA-256", false)]
    [InlineData("MD5", false)]
    public async Task A_phone_registers_with_its_password(string algorithm, bool counted)
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        SipMessage challenge = await AskAsync(edge, edge.Callee, "bob");
        var client = new DigestClient("bob", "builder");

        DigestClient.Challenges(challenge).Select(one => one.Parameters["algorithm"]).ShouldBe(["SHA-256", "MD5"]);
        DigestClient.Challenges(challenge).ShouldAllBe(one =>
            one.Field == "WWW-Authenticate" && one.Parameters["realm"] == "example.com" && one.Parameters["qop"] == "auth");
        edge.Server.TransactionCount.ShouldBe(0);
        edge.Callee.Send(
            Registration.Request(edge.Callee, "bob", Contact(edge.Callee, "x"), client.Answer(challenge, "REGISTER", Domain, algorithm, counted: counted), 2), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");
        edge.Server.BindingCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_needs_a_password_and_the_password_does_not_travel_on()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        var client = new DigestClient("alice", "wonderland");
        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407 Proxy Authentication Required");
        DigestClient.Challenges(challenge).ShouldAllBe(one => one.Field == "Proxy-Authenticate");
        edge.MediaCommands.ShouldBeEmpty();
        edge.Server.TransactionCount.ShouldBe(0);
        edge.Call.CallerSends(edge.Call.Initial("ACK", null, branch: challenge.TopVia!.Branch)
            .Replace("To: <sip:bob@example.com>", $"To: <sip:bob@example.com>;tag={challenge.ToTag}", StringComparison.Ordinal));

        string answer = client.Answer(challenge, "INVITE", "sip:bob@example.com");
        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), extra: answer, branch: "z9hG4bK-2", cseq: 2));

        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        invite.Text.ShouldNotContain("Authorization");
        invite.CSeq!.Value.Number.ShouldBe(2u);
    }

    [Theory]
    [InlineData("INVITE", 407)]
    [InlineData("MESSAGE", 407)]
    [InlineData("SUBSCRIBE", 407)]
    [InlineData("REFER", 407)]
    [InlineData("OPTIONS", 407)]
    [InlineData("BYE", 407)]
    public async Task Every_request_out_of_our_calls_needs_a_password(string method, int status)
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);

        edge.Call.CallerSends(edge.Call.Initial(method, null));
        edge.Call.CallerSends(edge.Call.FromCaller(method, null, $"Route: <sip:{edge.Udp};lr;seal=00ff>\r\n", 2));

        (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(status);
        (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(status);
        await edge.DrainAsync();
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task Whether_a_user_exists_cannot_be_told()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        List<string> answers = [];
        foreach (string name in (string[])["bob", "nobody"])
        {
            SipMessage challenge = await AskAsync(edge, edge.Callee, name);
            edge.Callee.Send(
                Registration.Request(edge.Callee, name, Contact(edge.Callee, "x"), new DigestClient(name, "guess").Answer(challenge, "REGISTER", Domain), 2), edge.Udp);
            string answer = (await edge.Callee.ExpectAsync("SIP/2.0 401")).Text;
            string nonce = DigestClient.Challenges(challenge)[0].Parameters["nonce"];
            answer.ShouldNotContain(nonce);
            answer.ShouldNotContain("stale");
            answers.Add(string.Join('\n', answer.Split("\r\n")[0], answer.Split(", nonce=")[0].Split("\r\n")[^1]));
            edge.Call.CallerSends(edge.Call.Initial("INVITE", null, $"sip:{name}@example.com"));
            (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(407);
        }

        answers[0].ShouldBe(answers[1]);
        edge.Server.BindingCount.ShouldBe(0);
    }

    [Fact]
    public async Task Credentials_are_good_once_and_not_for_ever()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        var client = new DigestClient("bob", "builder");
        SipMessage challenge = await AskAsync(edge, edge.Callee, "bob");
        string once = client.Answer(challenge, "REGISTER", Domain, count: 1);
        await ExpectAsync(once, 2, "SIP/2.0 200");

        SipMessage again = await ExpectAsync(once, 3, "SIP/2.0 401");
        DigestClient.Challenges(again).ShouldAllBe(one => one.Parameters["stale"] == "true");
        await ExpectAsync(client.Answer(challenge, "REGISTER", Domain, count: 3), 4, "SIP/2.0 200");
        await ExpectAsync(client.Answer(challenge, "REGISTER", Domain, count: 2), 5, "SIP/2.0 200");
        await ExpectAsync(client.Answer(challenge, "REGISTER", Domain, count: 2), 6, "SIP/2.0 401");
        await ExpectAsync(client.Answer(challenge, "REGISTER", Domain, "MD5", 3), 7, "SIP/2.0 401");

        edge.Time.Advance(TimeSpan.FromMinutes(6));
        SipMessage old = await ExpectAsync(client.Answer(challenge, "REGISTER", Domain, count: 9), 8, "SIP/2.0 401");
        old.Text.ShouldContain("stale=true");
        await ExpectAsync(client.Answer(old, "REGISTER", Domain, count: 1), 9, "SIP/2.0 200");

        async Task<SipMessage> ExpectAsync(string credentials, int cseq, string start)
        {
            edge.Callee.Send(Registration.Request(edge.Callee, "bob", Contact(edge.Callee, "x"), credentials, cseq), edge.Udp);
            return await edge.Callee.ExpectAsync(start);
        }
    }

    [Theory]
    [InlineData("nonce=\"", "nonce=\"A")]
    [InlineData("realm=\"example.com\"", "realm=\"elsewhere\"")]
    [InlineData("qop=auth", "qop=auth-int")]
    [InlineData("algorithm=SHA-256", "algorithm=SHA-512-256")]
    [InlineData("algorithm=SHA-256", "algorithm=MD5")]
    [InlineData("username=\"bob\"", "username=\"bob\", username=\"bob\"")]
    [InlineData("username=\"bob\"", "username=\"alice\"")]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("nc=00000001", "nc=00000000")]
    [InlineData("Digest ", "Basic ")]
    [InlineData("response=\"", "response=\"0")]
    [InlineData("uri=\"sip:example.com\"", "uri=\"sip:example.org\"")]
    [InlineData("Digest username", "Digest ,,=\",username")]
    public async Task Changed_credentials_are_none(string instead, string put)
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        SipMessage challenge = await AskAsync(edge, edge.Callee, "bob");
        string credentials = new DigestClient("bob", "builder").Answer(challenge, "REGISTER", Domain);
        credentials.ShouldContain(instead);

        edge.Callee.Send(
            Registration.Request(
                edge.Callee, "bob", Contact(edge.Callee, "x"), credentials.Replace(instead, put, StringComparison.Ordinal), 2), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 401");
        edge.Server.BindingCount.ShouldBe(0);
        edge.Server.Counters.Read(EdgeCounter.Faults).ShouldBe(0);
    }

    [Fact]
    public async Task Credentials_for_one_callee_do_not_call_another()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "INVITE", "sip:bob@example.com");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, "sip:+900555@example.com", credentials, "z9hG4bK-2", 2));

        await edge.Caller.ExpectAsync("SIP/2.0 407");
    }

    [Fact]
    public async Task A_phone_that_signs_the_name_of_the_server_alone_may_call()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "INVITE", Domain);

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, extra: credentials, branch: "z9hG4bK-2", cseq: 2));

        await edge.Callee.ExpectAsync("INVITE");
    }

    [Fact]
    public async Task Where_even_a_password_would_reach_nobody_none_is_asked_for()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users, nextHop: "");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, "sip:bob@away.example"));

        await edge.Caller.ExpectAsync("SIP/2.0 404");
    }

    [Fact]
    public async Task The_ACK_of_a_stranger_reaches_no_phone()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users, nextHop: "");
        await RegisterAsync(edge, edge.Callee, "bob", "builder", "<sip:bob@10.9.8.7:5062>");

        edge.Call.CallerSends(edge.Call.Initial("ACK", null)
            .Replace("To: <sip:bob@example.com>", "To: <sip:bob@example.com>;tag=tt", StringComparison.Ordinal));

        await edge.DrainAsync();
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("<sip:alice@example.com>", true)]
    [InlineData("\"Alice\" <sip:+4930123@example.com>", true)]
    [InlineData("<sip:sales@other.example>", true)]
    [InlineData("<sip:alice@127.0.0.1>", true)]
    [InlineData("<sip:bob@example.com>", false)]
    [InlineData("<sip:alice@bank.example>", false)]
    [InlineData("<sip:sales@example.com>", false)]
    [InlineData("<tel:+4930123>", false)]
    public async Task From_says_who_has_given_the_password(string from, bool isGood)
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "INVITE", "sip:bob@example.com");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, extra: credentials, branch: "z9hG4bK-2", cseq: 2)
            .Replace("From: <sip:alice@example.com>", $"From: {from}", StringComparison.Ordinal));

        if (isGood)
        {
            await edge.Callee.ExpectAsync("INVITE");
        }
        else
        {
            await edge.Caller.ExpectAsync("SIP/2.0 403 Not Your Name");
        }
    }

    [Fact]
    public async Task Nobody_registers_for_somebody_else()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        SipMessage challenge = await AskAsync(edge, edge.Callee, "alice");

        edge.Callee.Send(
            Registration.Request(edge.Callee, "alice", Contact(edge.Callee, "x"), new DigestClient("bob", "builder").Answer(challenge, "REGISTER", Domain), 2), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 403 Not Your Name");
        edge.Callee.Send(
            Registration.Request(edge.Callee, "bob", Contact(edge.Callee, "x"), new DigestClient("bob", "builder").Answer(challenge, "REGISTER", Domain, count: 2), 3)
                .Replace("To: <sip:bob@", "To: <sip:alice@", StringComparison.Ordinal), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 403 Not Your Name");
        edge.Server.BindingCount.ShouldBe(0);
    }

    [Fact]
    public async Task Within_a_call_nobody_is_asked_and_a_phone_with_a_Contact_of_another_name_is_reached()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users, nextHop: "");
        await RegisterAsync(edge, edge.Callee, "bob", "builder", "<sip:f00-ba4@10.9.8.7:5062;ob>");
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
        await using Edge edge = await Edge.StartAsync(trust: Users);
        await RegisterAsync(edge, edge.Caller, "alice", "wonderland", "<sip:alice@10.0.0.1>");
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
        await using Edge edge = await Edge.StartAsync(trust: Users + """ "trusted": ["127.0.0.2/32"], """);
        using var bob = new SipPeer("127.0.0.66");
        await RegisterAsync(edge, bob, "bob", "builder", $"<sip:bob@{edge.Callee.HostPort}>");
        Dialogue call = edge.Call;
        string credentials = await CredentialsAsync(edge, "INVITE");
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
        await using Edge edge = await Edge.StartAsync(trust: Users, nextHop: "");
        const string Contact = "<sip:f00@10.9.8.7:5062>";
        await RegisterAsync(edge, edge.Callee, "bob", "builder", Contact);
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null, extra: await CredentialsAsync(edge, "INVITE"), branch: "z9hG4bK-2", cseq: 2));
        call.CalleeSends(Dialogue.Response(await edge.Callee.ExpectAsync("INVITE"), "200 OK"));
        string route = Dialogue.RouteOf(await edge.Caller.ExpectAsync("SIP/2.0 200"), reversed: true);

        using var elsewhere = new SipPeer("127.0.0.9");
        await RegisterAsync(edge, elsewhere, "bob", "builder", Contact);
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

    [Fact]
    public async Task A_trusted_server_is_not_asked_and_a_user_may_name_third_parties()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users + """ "trusted": ["127.0.0.2/32"], """, nextHop: "");
        using var third = new SipPeer("127.0.0.77");
        edge.Callee.Send(edge.Call.Initial("MESSAGE", null, extra: $"Route: <sip:{third.HostPort};lr>\r\n"), edge.Udp);
        await third.ExpectAsync("MESSAGE");

        string route = $"Route: <sip:{third.HostPort};lr>\r\n";
        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, extra: route, branch: "z9hG4bK-1"));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "MESSAGE", "sip:bob@example.com");
        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, extra: route + credentials, branch: "z9hG4bK-2", cseq: 2));
        await third.ExpectAsync("MESSAGE");
    }

    [Fact]
    public async Task The_challenge_is_no_larger_than_the_request_by_more_than_a_few_hundred_bytes()
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
        const string Least = "INVITE sip:b@example.com SIP/2.0\r\nv:SIP/2.0/UDP h;rport\r\nf:<sip:a@b>\r\nt:<sip:b@b>\r\ni:1\r\nCSeq:1 INVITE\r\n\r\n";

        edge.Caller.Send(Least, edge.Udp);

        (await edge.Caller.ExpectAsync("SIP/2.0 407")).Text.Length.ShouldBeLessThan(Least.Length + 400);
    }

    private static async Task<string> CredentialsAsync(Edge edge, string method)
    {
        edge.Call.CallerSends(edge.Call.Initial(method, null, branch: "z9hG4bK-ask"));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        return new DigestClient("alice", "wonderland").Answer(challenge, method, "sip:bob@example.com");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("127.0.0.66", false)]
    public async Task A_refusal_within_a_call_is_repeated_only_to_where_that_end_of_the_call_is(string? address, bool isRepeated)
    {
        await using Edge edge = await Edge.StartAsync(trust: Users);
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
            trust: Users.Replace("\"bob\"", "\"127.0.0.1\"", StringComparison.Ordinal),
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

    private static async Task RegisterAsync(Edge edge, SipPeer phone, string user, string password, string contact)
    {
        SipMessage challenge = await AskAsync(edge, phone, user);
        string credentials = new DigestClient(user, password).Answer(challenge, "REGISTER", Domain);
        phone.Send(Registration.Request(phone, user, contact, credentials, 2), edge.Udp);
        await phone.ExpectAsync("SIP/2.0 200");
    }

    private static async Task<SipMessage> AskAsync(Edge edge, SipPeer phone, string user)
    {
        phone.Send(Registration.Request(phone, user, Contact(phone, user)), edge.Udp);
        return await phone.ExpectAsync("SIP/2.0 401 Unauthorized");
    }

    private static string Contact(SipPeer phone, string user) => $"<sip:{user}@{phone.HostPort}>";
}
