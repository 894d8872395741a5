using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Sipp;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>Calls that Kamailio's rtpproxy module commands.</summary>
public abstract class KamailioCalls(KamailioSite site) : CallsThroughKamailio(site)
{
    private readonly KamailioSite _site = site;

    [Fact]
    public async Task A_call_that_falls_silent_is_ended_and_reported()
    {
        await using var call = new TestCall(_site, "silent", Audio);
        using var notices = new NoticeListener(_site.NoticeSocket);
        await call.StartAsync(Calling(call), Answering(call, call.Callee.Sdp()));
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();

        // Kamailio 5.6 names no notification target that would be of use, so somebody else does.
        IPEndPoint media = call.Caller.Lines[0].Rtp.Local;
        Dialog dialog = call.Dialog;
        (await call.Relay.AskAsync(
            $"U {dialog.CallId} {media.Address} {media.Port} {dialog.CallerTag};1 {dialog.CalleeTag};1 " +
            $"unix:{_site.NoticeSocket} silence%20in%20{dialog.CallId} && S ttl=1"))
            .ShouldBe($"{call.Callee.RelayOf(0).Port} {call.Relay.Address}");
        (await notices.ReadAsync()).ShouldBe($"silence in {dialog.CallId}");
        call.KeptConnections = 1;
        (await call.Relay.AskAsync($"Q {dialog.CallId} {dialog.CallerTag};1")).ShouldBe("E50");

        // The phones know nothing of it and hang up later; Kamailio deletes what is gone.
        await call.Caller.Sipp.GoAsync();
        (await call.Callee.Sipp.ReachAsync("hung up"))["X-Relay-Figures"].ShouldBe("E50");
        await call.EndAsync();
    }

    protected override async Task ShouldBeRecordedAsync(TestCall call)
    {
        // R with the callee's tag first records what the callee says: "a" for answer.
        string file = Path.Combine(_site.RecordingDirectory, $"{call.Dialog.CallId}={call.Dialog.CallerTag}.a.rtp");
        await Eventually.TrueAsync(
            async () => File.Exists(file) && call.Callee.Lines[0].IsWholeIn(
                await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)),
            () => $"{file} does not hold the stream; there are {string.Join(' ', Directory.GetFiles(_site.RecordingDirectory))}");
    }
}
