using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>The management interface and reloading.</summary>
public sealed class ManagementTests
{
    private const string Management = """ "management": { "listen": "127.0.0.1:0" }, """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Relays_are_shown_and_switched_like_the_modules_commands_do()
    {
        await using Edge edge = await Edge.StartAsync(relays: 2, more: Management);
        await Eventually.TrueAsync(() => edge.Relays.All(relay => relay.Commands.Count >= 5));

        (int status, JsonElement before) = await AskAsync(edge, "GET", "/relays");
        status.ShouldBe(200);
        before[0].GetProperty("url").GetString().ShouldBe(edge.Relays[0].Url);
        before[0].GetProperty("disabled").GetInt32().ShouldBe(0);
        before[1].GetProperty("index").GetInt32().ShouldBe(1);

        (_, JsonElement after) = await AskAsync(edge, "POST", "/relays", $$"""{"url":"{{edge.Relays[0].Url}}","enable":false}""");
        after[0].GetProperty("disabled").GetInt32().ShouldBe(1);
        after[0].GetProperty("recheck_ticks").GetInt64().ShouldBe(-1);
        (await AskAsync(edge, "GET", "/health")).Json.GetProperty("status").GetString().ShouldBe("degraded");

        await AskAsync(edge, "POST", "/relays", $$"""{"url":"{{edge.Relays[1].Url}}","enable":false}""");
        (int health, JsonElement view) = await AskAsync(edge, "GET", "/health");
        (health, view.GetProperty("status").GetString()).ShouldBe((503, "down"));
    }

    [Theory]
    [InlineData("POST", "/relays", """{"url":"udp:nowhere:1","enable":true}""", 404)]
    [InlineData("POST", "/relays", """{"url":"udp:nowhere:1"}""", 400)]
    [InlineData("POST", "/relays", "nonsense", 400)]
    [InlineData("DELETE", "/relays", null, 405)]
    [InlineData("GET", "/nothing", null, 404)]
    public async Task A_wrong_question_is_answered_with_what_was_expected(string method, string path, string? body, int expected)
    {
        await using Edge edge = await Edge.StartAsync(more: Management);

        (int status, JsonElement json) = await AskAsync(edge, method, path, body);

        status.ShouldBe(expected);
        json.GetProperty("error").GetString()!.ShouldContain("expected");
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403)]
    [InlineData("POST /relays HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415)]
    [InlineData("POST /relays HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    public async Task A_browser_that_was_led_here_gets_nothing(string request, int expected)
    {
        await using Edge edge = await Edge.StartAsync(more: Management);

        (await SendAsync(edge, request)).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("DELETE /relays", "Allow: GET, POST")]
    [InlineData("PUT /health", "Allow: GET")]
    public async Task A_method_that_is_not_served_is_told_which_are(string request, string field)
    {
        await using Edge edge = await Edge.StartAsync(more: Management);

        (await SendRawAsync(edge, $"{request} HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldContain($"\r\n{field}\r\n");
    }

    [Fact]
    public async Task Counters_tell_what_became_of_each_message()
    {
        await using Edge edge = await Edge.StartAsync(more: Management);
        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        await edge.Callee.ExpectAsync("INVITE");
        edge.Call.CallerSends("nonsense");
        await Eventually.TrueAsync(() => edge.Server.Counters.Read(Proxy.EdgeCounter.DroppedUnreadable) == 1);

        (_, JsonElement counters) = await AskAsync(edge, "GET", "/counters");

        counters.GetProperty("received").GetInt64().ShouldBe(2);
        counters.GetProperty("request_forwarded").GetInt64().ShouldBe(1);
        counters.GetProperty("media_anchored").GetInt64().ShouldBe(1);
        counters.GetProperty("faults").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Without_the_key_there_is_no_interface()
    {
        await using Edge edge = await Edge.StartAsync();

        edge.Server.Management.ShouldBeNull();
    }

    [Fact]
    public async Task A_reload_moves_new_calls_and_leaves_the_old_ones_where_they_are()
    {
        await using Edge edge = await Edge.StartAsync();
        edge.Call.CallerSends(edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-old"));
        Sip.SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        await using FakeRelay second = FakeRelay.Start("udp", "127.0.1.99");
        using var otherHop = new SipPeer("127.0.0.3");

        string json = edge.Json(nextHop: $"sip:{otherHop.HostPort}").Replace(edge.Relays[0].Url, second.Url, StringComparison.Ordinal);
        await edge.Server.ReloadAsync(EdgeConfiguration.Parse(Encoding.UTF8.GetBytes(json)), Stop);

        edge.Call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldContain("c=IN IP4 127.0.1.1");
        var next = new Dialogue(edge.Caller, edge.Callee, edge.Udp, "call-2@test");
        next.CallerSends(next.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-new"));
        (await otherHop.ExpectAsync("INVITE")).Text.ShouldContain("c=IN IP4 127.0.1.99");
    }

    private static Task<(int Status, JsonElement Json)> AskAsync(Edge edge, string method, string path, string? body = null) =>
        SendAsync(
            edge,
            $"{method} {path} HTTP/1.1\r\nHost: {edge.Server.Management}\r\nContent-Type: application/json\r\nContent-Length: {body?.Length ?? 0}\r\n\r\n{body}");

    private static async Task<string> SendRawAsync(Edge edge, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(edge.Server.Management!, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Stop);
    }

    private static async Task<(int Status, JsonElement Json)> SendAsync(Edge edge, string request)
    {
        string reply = await SendRawAsync(edge, request);
        return (int.Parse(reply.Split(' ')[1], null), JsonDocument.Parse(reply[reply.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]).RootElement);
    }
}
