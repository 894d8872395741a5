
namespace RtpProxy.EndToEnd.Calls;

/// <summary>Calls through Kamailio, whichever of its modules commands the relay.</summary>
public abstract class CallsThroughKamailio(CallSite site) : ProxiedCalls(site)
{
    private readonly CallSite _site = site;

    [Fact]
    public Task An_IPv4_caller_talks_to_an_IPv6_callee() => TalkOnceAsync("bridge", Audio, calleeOnIpv6: true);

    [Fact]
    public Task Video_is_bridged_between_families_too() => TalkOnceAsync("bridge", AudioAndVideo, calleeOnIpv6: true);

    [Fact]
    public Task A_caller_behind_a_NAT_is_found_where_its_media_comes_from() => FindBehindNatAsync();

    [Theory]
    [InlineData("music", false)]
    [InlineData("tune", true)]
    public Task Music_is_played_to_one_party_only_and_stops_when_the_held_one_is_taken_back(string treatment, bool toHolder) =>
        PlayMusicAsync(treatment, toHolder);

    [Fact]
    public async Task A_recorded_call_is_on_disk_packet_by_packet()
    {
        await using var call = new TestCall(_site, "record", Audio);
        await call.StartAsync(Calling(call), Answering(call, call.Callee.Sdp()));
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
        await ShouldBeRecordedAsync(call);
    }

    /// <summary>The files of a call that has ended hold what they are to hold.</summary>
    protected abstract Task ShouldBeRecordedAsync(TestCall call);
}
