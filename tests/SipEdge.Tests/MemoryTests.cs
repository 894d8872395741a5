using RtpProxy.Sip;
using RtpProxy.TestKit;

namespace RtpProxy.SipEdge.Tests;

/// <summary>What a flood makes the proxy take it gives back.</summary>
public sealed class MemoryTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_flood_of_large_requests_leaves_no_memory_taken_when_it_is_over()
    {
        using var caller = new SipPeer();
        using var callee = new SipPeer("127.0.0.2");
        await using EdgeProcess edge = await EdgeProcess.StartAsync($$"""
            {
              "listen": [{ "address": "127.0.0.1", "port": 0 }],
              {{Edge.OpenToServers}}
              "nextHop": "sip:{{callee.HostPort}}"
            }
            """);
        var call = new Dialogue(caller, callee, edge.Udp);
        string large = $"Subject: {new string('x', 55_000)}\r\n";
        long least = edge.ResidentBytes;
        var invites = new List<SipMessage>();
        for (int i = 0; i < 500; i++)
        {
            call.CallerSends(call.Initial("INVITE", null, extra: large));
            invites.Add(await callee.ExpectAsync("INVITE"));
            call.CalleeSends(Dialogue.Response(invites[i], "180 Ringing"));
            await caller.ExpectAsync("SIP/2.0 180");
        }

        edge.ResidentBytes.ShouldBeGreaterThan(least + (100 * Megabyte), "else this proves nothing");
        foreach (SipMessage invite in invites)
        {
            call.CalleeSends(Dialogue.Response(invite, "486 Busy Here"));
            SipMessage busy = await caller.ExpectAsync("SIP/2.0 486");
            call.CallerSends(call.Initial("ACK", null, branch: busy.TopVia!.Branch)
                .Replace("To: <sip:bob@example.com>", $"To: <sip:bob@example.com>;tag={busy.ToTag}", StringComparison.Ordinal));
        }

        await Eventually.TrueAsync(() => edge.ResidentBytes < least + (50 * Megabyte));
    }
}
