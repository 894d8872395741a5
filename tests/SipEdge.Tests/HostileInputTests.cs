using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.TestKit;

namespace RtpProxy.SipEdge.Tests;

/// <summary>What strangers send: nothing of it stops the proxy, makes it grow, or makes it defective.</summary>
public sealed class HostileInputTests
{
    [Fact]
    public async Task Every_prefix_of_a_call_and_every_flipped_byte_leave_the_proxy_at_work()
    {
        await using Edge edge = await Edge.StartAsync(nextHop: "sip:127.0.0.9:9");
        string invite = edge.Call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), extra: $"Route: <sip:{edge.Udp};lr>\r\n");
        for (int i = 0; i < invite.Length; i++)
        {
            edge.Call.CallerSends(invite[..i]);
            char flipped = (char)(invite[i] ^ (1 << (i % 8)));
            edge.Call.CallerSends(invite[..i] + flipped + invite[(i + 1)..]);
            if (i % 50 == 0)
            {
                await edge.DrainAsync();
            }
        }

        await edge.DrainAsync();
        edge.Server.Counters.Read(EdgeCounter.Faults).ShouldBe(0);
    }

    [Fact]
    public async Task Transactions_are_bounded_and_the_one_too_many_is_told_so()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "transactions": 10 }, """);
        for (int i = 0; i < 10; i++)
        {
            edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: $"z9hG4bK-m{i}"));
            await edge.Callee.ExpectAsync("MESSAGE");
        }

        edge.Call.CallerSends(edge.Call.Initial("MESSAGE", null, branch: "z9hG4bK-m10"));
        await edge.Caller.ExpectAsync("SIP/2.0 503 Too Many Transactions");
        edge.Server.TransactionCount.ShouldBe(10);

        await edge.AdvanceUntilAsync(() => edge.Server.TransactionCount == 0);
    }

    [Fact]
    public async Task Connections_are_bounded()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "connections": 2 }, """);
        List<TcpClient> clients = [];
        for (int i = 0; i < 3; i++)
        {
            clients.Add(new TcpClient());
            await clients[i].ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
            if (i < 2)
            {
                await Eventually.TrueAsync(() => edge.Server.ConnectionCount == clients.Count);
            }
        }

        (await clients[2].GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
        clients.ForEach(client => client.Dispose());
        await Eventually.TrueAsync(() => edge.Server.ConnectionCount == 0);
    }

    [Fact]
    public async Task A_message_that_never_ends_closes_its_connection()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "messageBytes": 2000 }, """);
        using var client = new TcpClient();
        await client.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        byte[] endless = Encoding.ASCII.GetBytes("INVITE sip:x@y SIP/2.0\r\nSubject: " + new string('x', 4_000));

        await client.GetStream().WriteAsync(endless, TestContext.Current.CancellationToken);

        int read = 0;
        try
        {
            read = await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Reset, because we had not read all of it.
        }

        read.ShouldBe(0);
    }

    [Fact]
    public async Task Large_messages_count_for_more_than_one_transaction()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "transactions": 10 }, """);
        Dialogue call = edge.Call;
        string large = $"Subject: {new string('x', 24_000)}\r\n";
        call.CallerSends(call.Initial("MESSAGE", null, extra: large));
        await edge.Callee.ExpectAsync("MESSAGE");

        call.CallerSends(call.Initial("MESSAGE", null, extra: large));
        await edge.Caller.ExpectAsync("SIP/2.0 503 Too Many Transactions");
        call.CallerSends(call.Initial("MESSAGE", null));
        await edge.Callee.ExpectAsync("MESSAGE");

        await edge.AdvanceUntilAsync(() => edge.Server.TransactionCount == 0);
        call.CallerSends(call.Initial("MESSAGE", null, extra: large));
        await edge.Callee.ExpectAsync("MESSAGE");
    }

    [Fact]
    public async Task So_do_large_answers_that_are_kept()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "limits": { "transactions": 10 }, """);
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "183 Session Progress", extra: $"Subject: {new string('x', 50_000)}\r\n"));
        await edge.Caller.ExpectAsync("SIP/2.0 183");

        call.CallerSends(call.Initial("MESSAGE", null));

        await edge.Caller.ExpectAsync("SIP/2.0 503 Too Many Transactions");
    }

    [Fact]
    public async Task A_connection_that_brings_no_message_is_closed_soon_and_one_that_did_is_not()
    {
        await using Edge edge = await Edge.StartAsync();
        using var silent = new TcpClient();
        using var phone = new TcpClient();
        await silent.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        await phone.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);
        await phone.GetStream().WriteAsync("\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        byte[] buffer = new byte[2];
        (await phone.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(2);
        await silent.GetStream().WriteAsync("INVITE sip:x@y SIP/2.0\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => edge.Server.ConnectionCount == 2);

        await edge.AdvanceUntilAsync(() => edge.Server.ConnectionCount == 1);
        await phone.GetStream().WriteAsync("\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        (await phone.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(2);
    }

    [Fact]
    public async Task A_peer_that_asks_and_never_reads_loses_its_connection_before_it_costs_much()
    {
        await using Edge edge = await Edge.StartAsync();
        using var deaf = new TcpClient { ReceiveBufferSize = 4_096 };
        await deaf.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);

        // Each answer repeats the Via: 60 KB for each question.
        string question = edge.Call.Initial("OPTIONS", null, $"sip:{edge.Udp}")
            .Replace(";rport", $";rport;x={new string('x', 60_000)}", StringComparison.Ordinal);
        int sent = 0;
        try
        {
            for (; sent < 200; sent++)
            {
                string next = question.Replace("z9hG4bK-i", $"z9hG4bK-{sent}-", StringComparison.Ordinal);
                await deaf.GetStream().WriteAsync(Encoding.Latin1.GetBytes(next), TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // Closed by the proxy.
        }

        await Eventually.TrueAsync(() => edge.Server.ConnectionCount == 0);
        sent.ShouldBeLessThan(200);
    }
}
