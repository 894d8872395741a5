using RtpProxy.Sip;
using RtpProxy.TestKit;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Calls that are there before a test begins what it is about.</summary>
internal static class EdgeCalls
{
    /// <summary>A call that was answered and acknowledged, with media. Returns the Route that the caller has for it.</summary>
    public static async Task<string> EstablishAsync(this Edge edge, Dialogue call)
    {
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        SipMessage ok = await edge.Caller.ExpectAsync("SIP/2.0 200");
        string route = Dialogue.RouteOf(ok, reversed: true);
        call.CallerSends(call.FromCaller("ACK", null, route, 1));
        await edge.Callee.ExpectAsync("ACK");
        return route;
    }

    /// <summary>
    /// A call of alice, with her password, and nothing of it under way any more. Returns the Route that everybody has who has
    /// seen its answer.
    /// </summary>
    public static async Task<string> EstablishWithPasswordAsync(this Edge edge)
    {
        Dialogue call = edge.Call;
        string answer = await edge.CredentialsAsync("INVITE");
        call.CallerSends(call.Initial("INVITE", null, extra: answer, branch: "z9hG4bK-answered", cseq: 2));
        call.CalleeSends(Dialogue.Response(await edge.Callee.ExpectAsync("INVITE"), "200 OK"));
        string route = Dialogue.RouteOf(await edge.Caller.ExpectAsync("SIP/2.0 200"), reversed: true);
        await edge.AdvanceUntilAsync(() => edge.Server.TransactionCount == 0);
        return route;
    }

    /// <summary>Moves the clock on in small steps until something has come to a peer.</summary>
    public static async Task AdvanceUntilMailAsync(this Edge edge, SipPeer peer) =>
        await Eventually.TrueAsync(() =>
        {
            if (!peer.HasMail)
            {
                edge.Time.Advance(TimeSpan.FromMilliseconds(100));
            }

            return peer.HasMail;
        });
}
