using RtpProxy.EndToEnd.Phones;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Calls;

public sealed class CallsOverNg(NgSite site) : ProxiedCalls(site), IClassFixture<NgSite>
{
    private readonly NgSite _site = site;

    [Fact]
    public Task A_caller_behind_a_NAT_is_found_where_its_media_comes_from() => FindBehindNatAsync();

    [Fact]
    public Task An_IPv4_caller_talks_to_an_IPv6_callee() => TalkOnceAsync("bridge", Audio, calleeOnIpv6: true);

    [Fact]
    public Task Video_is_bridged_between_families_too() => TalkOnceAsync("bridge", AudioAndVideo, calleeOnIpv6: true);

    [Fact]
    public Task Parties_on_two_networks_are_told_the_addresses_of_theirs() => TalkOnceAsync("networks", AudioAndVideo);

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

        await Eventually.TrueAsync(
            async () =>
            {
                byte[][] files = [.. await Task.WhenAll(Directory.GetFiles(_site.RecordingDirectory, $"*{call.Dialog.CallId}*")
                    .Select(file => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)))];
                return files.Any(file => call.Caller.Lines[0].IsWholeIn(file)) && files.Any(file => call.Callee.Lines[0].IsWholeIn(file));
            },
            () => $"not recorded whole; there are {string.Join(' ', Directory.GetFiles(_site.RecordingDirectory))}");
    }
}
