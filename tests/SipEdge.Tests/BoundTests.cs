using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.TestKit;

namespace RtpProxy.SipEdge.Tests;

/// <summary>What anybody can make the proxy hold has a bound, for one and for all.</summary>
public sealed class BoundTests
{
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
