using System.Text;
using RtpProxy.SipEdge.Proxy;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Nothing comes back to the proxy, under whatever name it is sent (RFC 3261 section 16.3, RFC 5393).</summary>
public sealed class LoopTests
{
    private const string Registrar = """ "registrar": { "domains": ["example.com"] }, """;

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
}
