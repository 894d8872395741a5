using RtpProxy.EndToEnd.Phones;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>A relay that dies under our own SIP proxy.</summary>
public sealed class RelayFailover(EdgePairSite site) : IClassFixture<EdgePairSite>
{
    private static readonly string[] Audio = ["audio"];

    [Fact]
    public async Task When_a_relay_is_killed_in_mid_call_that_call_can_hang_up_and_the_next_has_media_from_the_other_relay()
    {
        await using var doomed = new TestCall(site, "first", Audio);
        await doomed.StartAsync(ProxiedCalls.Calling(doomed), ProxiedCalls.Answering(doomed, doomed.Callee.Sdp()));
        await doomed.Callee.HearAsync("invited");
        await doomed.Caller.HearAsync("answered");
        await doomed.Callee.Sipp.ReachAsync("confirmed");
        await doomed.TalkAsync();

        await site.Relay.SignalAsync("KILL");
        (await site.Relay.EndAsync()).ShouldBe(128 + 9);
        await using var next = new TestCall(site, "second", Audio);
        await next.StartAsync(ProxiedCalls.Calling(next), ProxiedCalls.Answering(next, next.Callee.Sdp()));
        await next.Callee.HearAsync("invited");
        await next.Caller.HearAsync("answered");
        await next.Callee.Sipp.ReachAsync("confirmed");
        await next.TalkAsync();
        await next.FiguresShouldHoldAsync();

        await doomed.Caller.Sipp.GoAsync();
        await doomed.Callee.Sipp.ReachAsync("hung up");
        await doomed.Caller.Sipp.ShouldSucceedAsync();
        await doomed.Callee.Sipp.ShouldSucceedAsync();
        await next.Caller.Sipp.GoAsync();
        await next.Callee.Sipp.ReachAsync("hung up");
        await next.EndAsync();
        foreach ((RtpPhone caller, RtpPhone callee) in doomed.Caller.Lines.Zip(doomed.Callee.Lines))
        {
            callee.ShouldHaveHeardExactly(caller, doomed.Callee.RelayOf(0));
            caller.ShouldHaveHeardExactly(callee, doomed.Caller.RelayOf(0));
        }
    }
}
