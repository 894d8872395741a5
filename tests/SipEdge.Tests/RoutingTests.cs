using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.Sip.Framing;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Where messages go, and which are refused (RFC 3261 sections 16.3 to 16.7, 18).</summary>
public sealed class RoutingTests
{
    [Theory]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 0", "SIP/2.0 483 Too Many Hops")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 700", "SIP/2.0 400 Bad Max-Forwards")]
    [InlineData("Max-Forwards: 70", "Proxy-Require: magic", "SIP/2.0 420 Bad Extension")]
    [InlineData("To: <sip:bob@example.com>", "To: <sip:bob@example.com", "SIP/2.0 400 Bad To")]
    [InlineData("CSeq: 1 INVITE", "CSeq: 1 BYE", "SIP/2.0 400 Bad CSeq")]
    [InlineData("Content-Length: 0", "Content-Length: 5", "SIP/2.0 400 Bad Content-Length")]
    [InlineData("Content-Length: 0", "Route: <sip:here;lr", "SIP/2.0 400 Bad Route")]
    [InlineData("Content-Length: 0", "Route: <sip:127.0.0.1;transport=tls;lr>", "SIP/2.0 503 No Such Transport Here")]
    [InlineData("Content-Length: 0", "Route: <sip:no-such-host.invalid;lr>", "SIP/2.0 503 No Way There")]
    public async Task A_request_that_cannot_go_on_is_refused_in_words(string instead, string put, string answer)
    {
        await using Edge edge = await Edge.StartAsync();
        string text = edge.Call.Initial("INVITE", null);
        text.ShouldContain(instead);

        edge.Call.CallerSends(text.Replace(instead, put, StringComparison.Ordinal));

        SipMessage response = await edge.Caller.ExpectAsync(answer);
        response.CallId.ShouldBe("call-1@test");
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("SIP/3.0", "SIP/2.0 505")]
    public async Task Another_version_is_refused(string version, string answer)
    {
        await using Edge edge = await Edge.StartAsync();

        edge.Call.CallerSends(edge.Call.Initial("OPTIONS", null).Replace("example.com SIP/2.0", $"example.com {version}", StringComparison.Ordinal));

        await edge.Caller.ExpectAsync(answer);
    }

    [Fact]
    public async Task Without_a_next_hop_nobody_is_found()
    {
        await using Edge edge = await Edge.StartAsync(nextHop: "sip:127.0.0.1:9");
        await edge.Server.ReloadAsync(
            Configuration.EdgeConfiguration.Parse(Encoding.UTF8.GetBytes(edge.Json().Replace("\"nextHop\"", "//", StringComparison.Ordinal))),
            TestContext.Current.CancellationToken);

        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));

        await edge.Caller.ExpectAsync("SIP/2.0 404");
        edge.MediaCommands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_CANCEL_of_nothing_and_an_ACK_of_nothing()
    {
        await using Edge edge = await Edge.StartAsync();

        edge.Call.CallerSends(edge.Call.Initial("ACK", null, branch: "z9hG4bK-x"));
        edge.Call.CallerSends(edge.Call.Initial("CANCEL", null, branch: "z9hG4bK-y"));

        await edge.Caller.ExpectAsync("SIP/2.0 481");
        await edge.Callee.ExpectAsync("ACK");
    }

    [Fact]
    public async Task The_proxy_answers_for_itself()
    {
        await using Edge edge = await Edge.StartAsync();

        edge.Call.CallerSends(edge.Call.Initial("OPTIONS", null, $"sip:{edge.Udp}"));

        (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldContain("Allow: INVITE");
    }

    [Fact]
    public async Task The_last_hop_of_a_question_to_the_proxy_itself_is_the_proxy()
    {
        await using Edge edge = await Edge.StartAsync();
        string text = edge.Call.Initial("OPTIONS", null, $"sip:{edge.Udp}", $"Route: <sip:{edge.Udp};lr>\r\n");

        edge.Call.CallerSends(text.Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal));

        await edge.Caller.ExpectAsync("SIP/2.0 200");
    }

    [Fact]
    public async Task A_response_that_nobody_waits_for_goes_nowhere()
    {
        await using Edge edge = await Edge.StartAsync();
        edge.Call.CallerSends(edge.Call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        string response = Dialogue.Response(invite, "200 OK");

        edge.Call.CalleeSends(response.Replace(invite.TopVia!.Branch!, "z9hG4bK-guessed", StringComparison.Ordinal));
        edge.Call.CalleeSends(response.Replace("200 OK", "180 Ringing", StringComparison.Ordinal));

        await edge.Caller.ExpectAsync("SIP/2.0 180");
    }

    [Fact]
    public async Task Without_rport_the_answer_goes_to_the_address_it_came_from_and_the_port_of_Via()
    {
        await using Edge edge = await Edge.StartAsync();
        using var elsewhere = new SipPeer();
        string text = edge.Call.Initial("OPTIONS", null, $"sip:{edge.Udp}")
            .Replace($"Via: SIP/2.0/UDP {edge.Caller.HostPort}", $"Via: SIP/2.0/UDP phone.invalid:{elsewhere.Local.Port}", StringComparison.Ordinal)
            .Replace(";rport", "", StringComparison.Ordinal);

        edge.Call.CallerSends(text);

        (await elsewhere.ExpectAsync("SIP/2.0 200")).TopVia!.Received.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Loose_routes_are_followed_and_our_own_are_taken_off()
    {
        await using Edge edge = await Edge.StartAsync(nextHop: "sip:127.0.0.1:9");
        string routes = $"Route: <sip:{edge.Udp};lr>, <sip:{edge.Udp};lr>\r\nRoute: <sip:{edge.Callee.HostPort};lr>, <sip:last.invalid;lr>\r\n";

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, "sip:far@away.invalid", routes));

        SipMessage message = await edge.Callee.ExpectAsync("MESSAGE sip:far@away.invalid");
        message.AddressesOf(HeaderKind.Route).Select(route => route.Uri).ShouldBe(
            [$"sip:{edge.Callee.HostPort};lr", "sip:last.invalid;lr"]);
    }

    [Fact]
    public async Task A_strict_router_after_us_gets_its_URI_in_the_first_line()
    {
        await using Edge edge = await Edge.StartAsync(nextHop: "sip:127.0.0.1:9");

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, "sip:far@away.invalid", $"Route: <sip:{edge.Callee.HostPort}>\r\n"));

        SipMessage message = await edge.Callee.ExpectAsync($"MESSAGE sip:{edge.Callee.HostPort} SIP/2.0");
        message.AddressesOf(HeaderKind.Route).Select(route => route.Uri).ShouldBe(["sip:far@away.invalid"]);
    }

    [Fact]
    public async Task A_strict_router_before_us_has_put_us_in_the_first_line()
    {
        await using Edge edge = await Edge.StartAsync(nextHop: "sip:127.0.0.1:9");

        edge.Call.CallerSends(edge.Call
            .FromCaller("MESSAGE", null, $"Route: <sip:bob@{edge.Callee.HostPort}>\r\n", 2)
            .Replace($"MESSAGE sip:bob@{edge.Callee.HostPort}", $"MESSAGE sip:{edge.Udp};lr", StringComparison.Ordinal));

        SipMessage message = await edge.Callee.ExpectAsync($"MESSAGE sip:bob@{edge.Callee.HostPort} SIP/2.0");
        message.ValuesOf(HeaderKind.Route).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_crosses_from_TCP_to_UDP_is_routed_both_ways()
    {
        await using Edge edge = await Edge.StartAsync();
        using var phone = new TcpClient();
        await phone.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        string invite = edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)).Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal);
        byte[] bytes = Encoding.Latin1.GetBytes(invite);

        await phone.GetStream().WriteAsync(bytes.AsMemory(0, 100), TestContext.Current.CancellationToken);
        await phone.GetStream().WriteAsync(bytes.AsMemory(100), TestContext.Current.CancellationToken);
        SipMessage forwarded = await edge.Callee.ExpectAsync("INVITE");
        edge.Call.CalleeSends(Dialogue.Response(forwarded, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));

        forwarded.AddressesOf(HeaderKind.RecordRoute).Select(Dialogue.WithoutSeal).ShouldBe(
            [$"sip:{edge.Udp};lr", $"sip:{edge.Tcp};transport=tcp;lr"]);
        SipMessage ok = await ReadStreamAsync(phone, 200);
        ok.Text.ShouldContain("m=audio 30004 ");

        string ack = edge.Call.FromCaller("ACK", null, Dialogue.RouteOf(ok, reversed: true), 1).Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal);
        await phone.GetStream().WriteAsync(Encoding.Latin1.GetBytes(ack), TestContext.Current.CancellationToken);
        (await edge.Callee.ExpectAsync("ACK")).ValuesOf(HeaderKind.Route).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_request_leaves_by_the_address_that_leads_to_its_target()
    {
        IPAddress? address = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(link => link.GetIPProperties().UnicastAddresses)
            .Select(own => own.Address)
            .FirstOrDefault(own => own.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(own));
        Assert.SkipWhen(address is null, "this machine has loopback addresses only");
        using var server = new SipPeer(address.ToString());
        await using Edge edge = await Edge.StartAsync(nextHop: $"sip:{server.HostPort}", alsoAt: [address.ToString()]);

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null));

        (await server.ExpectAsync("MESSAGE")).TopVia!.SentBy.Host.ShouldBe(address.ToString());
    }

    [Fact]
    public async Task A_datagram_without_Content_Length_gets_one_on_its_way_into_a_stream()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using Edge edge = await Edge.StartAsync(nextHop: $"sip:{server.LocalEndpoint};transport=tcp");
        string text = edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000));
        int at = text.IndexOf("Content-Length", StringComparison.Ordinal);

        edge.Call.CallerSends(text.Remove(at, text.IndexOf('\n', at) - at + 1));
        using TcpClient accepted = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        SipMessage invite = await ReadStreamAsync(accepted, 0);

        invite.DeclaredLength.ShouldBe(invite.Rest.Length);
        invite.TopVia!.Transport.ShouldBe("TCP");
    }

    [Fact]
    public async Task A_next_hop_that_refuses_TCP_is_503_and_leaves_no_media()
    {
        await using Edge edge = await Edge.StartAsync(nextHop: "sip:127.0.0.1:9;transport=tcp");

        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));

        await edge.Caller.ExpectAsync("SIP/2.0 503 Next Hop Unreachable");
        edge.MediaCommands[^1].ShouldBe("D call-1@test ft");
    }

    [Fact]
    public async Task A_stream_that_is_no_SIP_is_closed_and_a_keep_alive_is_answered()
    {
        await using Edge edge = await Edge.StartAsync();
        using var phone = new TcpClient();
        await phone.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        byte[] buffer = new byte[10];

        await phone.GetStream().WriteAsync("\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        (await phone.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(2);
        await phone.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        (await phone.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Theory]
    [InlineData("Content-Length: 0\r\n", "")]
    [InlineData("Content-Length: 0\r\n", "Content-Length: many\r\n")]
    [InlineData("Content-Length: 0\r\n", "Content-Length: 0\r\nl: 1\r\n")]
    [InlineData("Content-Length: 0\r\n", "Content-Length: 99999999\r\n")]
    public async Task A_stream_whose_next_message_cannot_be_found_is_told_why_and_closed(string instead, string put)
    {
        await using Edge edge = await Edge.StartAsync();
        using var phone = new TcpClient();
        await phone.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        string text = edge.Call.Initial("OPTIONS", null, $"sip:{edge.Udp}").Replace(instead, put, StringComparison.Ordinal);

        await phone.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(phone.GetStream());
        string answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        answer.ShouldStartWith("SIP/2.0 400 Bad Content-Length\r\n");
        answer.ShouldContain("Call-ID: call-1@test");
        edge.Server.Counters.Read(Proxy.EdgeCounter.Refused).ShouldBe(1);
    }

    [Fact]
    public async Task Several_messages_of_one_segment_are_served_in_order()
    {
        await using Edge edge = await Edge.StartAsync();
        using var phone = new TcpClient();
        await phone.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        string all = string.Concat(Enumerable.Range(1, 5).Select(i =>
            edge.Call.Initial("MESSAGE", $"text {i}", cseq: i).Replace("application/sdp", "text/plain", StringComparison.Ordinal)));

        await phone.GetStream().WriteAsync(Encoding.Latin1.GetBytes(all), TestContext.Current.CancellationToken);

        for (int i = 1; i <= 5; i++)
        {
            (await edge.Callee.ExpectAsync("MESSAGE")).Text.ShouldEndWith($"text {i}");
        }
    }

    private static async Task<SipMessage> ReadStreamAsync(TcpClient client, int status)
    {
        var framer = new SipStreamFramer();
        byte[] buffer = new byte[65_535];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            int length = await client.GetStream().ReadAsync(buffer, limit.Token);
            length.ShouldBeGreaterThan(0);
            framer.Append(buffer.AsSpan(0, length));
            while (framer.TryRead(out byte[] bytes) == SipFrame.Message)
            {
                SipMessage.TryParse(bytes, out SipMessage message, out _).ShouldBeTrue();
                if (message.StatusCode == status)
                {
                    return message;
                }
            }
        }
    }
}
