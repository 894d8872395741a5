using RtpProxy.Sip;
using RtpProxy.SipEdge.Proxy;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Who has a password gets in, and nobody else (RFC 3261 section 22, RFC 7616, RFC 8760).</summary>
public sealed class AuthenticationTests
{
    [Theory]
    [InlineData("SHA-256", true)]
    [InlineData("MD5", true)]
    [InlineData("SHA-256", false)]
    [InlineData("MD5", false)]
    public async Task A_phone_registers_with_its_password(string algorithm, bool counted)
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        SipMessage challenge = await edge.AskToRegisterAsync(edge.Callee, "bob");
        var client = new DigestClient("bob", "builder");

        DigestClient.Challenges(challenge).Select(one => one.Parameters["algorithm"]).ShouldBe(["SHA-256", "MD5"]);
        DigestClient.Challenges(challenge).ShouldAllBe(one =>
            one.Field == "WWW-Authenticate" && one.Parameters["realm"] == "example.com" && one.Parameters["qop"] == "auth");
        edge.Server.TransactionCount.ShouldBe(0);
        edge.Callee.Send(
            Registration.Request(edge.Callee, "bob", Registration.Contact(edge.Callee, "x"), client.Answer(challenge, "REGISTER", EdgeUsers.Domain, algorithm, counted: counted), 2), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");
        edge.Server.BindingCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_needs_a_password_and_the_password_does_not_travel_on()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
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
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);

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
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        List<string> answers = [];
        foreach (string name in (string[])["bob", "nobody"])
        {
            SipMessage challenge = await edge.AskToRegisterAsync(edge.Callee, name);
            edge.Callee.Send(
                Registration.Request(edge.Callee, name, Registration.Contact(edge.Callee, "x"), new DigestClient(name, "guess").Answer(challenge, "REGISTER", EdgeUsers.Domain), 2), edge.Udp);
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
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        var client = new DigestClient("bob", "builder");
        SipMessage challenge = await edge.AskToRegisterAsync(edge.Callee, "bob");
        string once = client.Answer(challenge, "REGISTER", EdgeUsers.Domain, count: 1);
        await ExpectAsync(once, 2, "SIP/2.0 200");

        SipMessage again = await ExpectAsync(once, 3, "SIP/2.0 401");
        DigestClient.Challenges(again).ShouldAllBe(one => one.Parameters["stale"] == "true");
        await ExpectAsync(client.Answer(challenge, "REGISTER", EdgeUsers.Domain, count: 3), 4, "SIP/2.0 200");
        await ExpectAsync(client.Answer(challenge, "REGISTER", EdgeUsers.Domain, count: 2), 5, "SIP/2.0 200");
        await ExpectAsync(client.Answer(challenge, "REGISTER", EdgeUsers.Domain, count: 2), 6, "SIP/2.0 401");
        await ExpectAsync(client.Answer(challenge, "REGISTER", EdgeUsers.Domain, "MD5", 3), 7, "SIP/2.0 401");

        edge.Time.Advance(TimeSpan.FromMinutes(6));
        SipMessage old = await ExpectAsync(client.Answer(challenge, "REGISTER", EdgeUsers.Domain, count: 9), 8, "SIP/2.0 401");
        old.Text.ShouldContain("stale=true");
        await ExpectAsync(client.Answer(old, "REGISTER", EdgeUsers.Domain, count: 1), 9, "SIP/2.0 200");

        async Task<SipMessage> ExpectAsync(string credentials, int cseq, string start)
        {
            edge.Callee.Send(Registration.Request(edge.Callee, "bob", Registration.Contact(edge.Callee, "x"), credentials, cseq), edge.Udp);
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
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        SipMessage challenge = await edge.AskToRegisterAsync(edge.Callee, "bob");
        string credentials = new DigestClient("bob", "builder").Answer(challenge, "REGISTER", EdgeUsers.Domain);
        credentials.ShouldContain(instead);

        edge.Callee.Send(
            Registration.Request(
                edge.Callee, "bob", Registration.Contact(edge.Callee, "x"), credentials.Replace(instead, put, StringComparison.Ordinal), 2), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 401");
        edge.Server.BindingCount.ShouldBe(0);
        edge.Server.Counters.Read(EdgeCounter.Faults).ShouldBe(0);
    }

    [Fact]
    public async Task Credentials_for_one_callee_do_not_call_another()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "INVITE", "sip:bob@example.com");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, "sip:+900555@example.com", credentials, "z9hG4bK-2", 2));

        await edge.Caller.ExpectAsync("SIP/2.0 407");
    }

    [Fact]
    public async Task A_phone_that_signs_the_name_of_the_server_alone_may_call()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "INVITE", EdgeUsers.Domain);

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, extra: credentials, branch: "z9hG4bK-2", cseq: 2));

        await edge.Callee.ExpectAsync("INVITE");
    }

    [Fact]
    public async Task Where_even_a_password_would_reach_nobody_none_is_asked_for()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust, nextHop: "");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", null, "sip:bob@away.example"));

        await edge.Caller.ExpectAsync("SIP/2.0 404");
    }

    [Fact]
    public async Task The_ACK_of_a_stranger_reaches_no_phone()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust, nextHop: "");
        await edge.RegisterAsync(edge.Callee, "bob", "builder", "<sip:bob@10.9.8.7:5062>");

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
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
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
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        SipMessage challenge = await edge.AskToRegisterAsync(edge.Callee, "alice");

        edge.Callee.Send(
            Registration.Request(edge.Callee, "alice", Registration.Contact(edge.Callee, "x"), new DigestClient("bob", "builder").Answer(challenge, "REGISTER", EdgeUsers.Domain), 2), edge.Udp);

        await edge.Callee.ExpectAsync("SIP/2.0 403 Not Your Name");
        edge.Callee.Send(
            Registration.Request(edge.Callee, "bob", Registration.Contact(edge.Callee, "x"), new DigestClient("bob", "builder").Answer(challenge, "REGISTER", EdgeUsers.Domain, count: 2), 3)
                .Replace("To: <sip:bob@", "To: <sip:alice@", StringComparison.Ordinal), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 403 Not Your Name");
        edge.Server.BindingCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_trusted_server_is_not_asked_and_a_user_may_name_third_parties()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust + """ "trusted": ["127.0.0.2/32"], """, nextHop: "");
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
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        const string Least = "INVITE sip:b@example.com SIP/2.0\r\nv:SIP/2.0/UDP h;rport\r\nf:<sip:a@b>\r\nt:<sip:b@b>\r\ni:1\r\nCSeq:1 INVITE\r\n\r\n";

        edge.Caller.Send(Least, edge.Udp);

        (await edge.Caller.ExpectAsync("SIP/2.0 407")).Text.Length.ShouldBeLessThan(Least.Length + 400);
    }
}
