using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.EndToEnd.Sipp;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>Calls as they happen: each is a script for either phone, and what happens while the scripts wait.</summary>
public abstract class KamailioCalls(CallSite site)
{
    private static readonly string[] Audio = ["audio"];
    private static readonly string[] AudioAndVideo = ["audio", "video"];

    [Fact]
    public Task A_plain_call_carries_every_packet_both_ways() => TalkOnceAsync("plain", Audio);

    [Fact]
    public Task Audio_and_video_are_two_sessions_of_one_call() => TalkOnceAsync("video", AudioAndVideo);

    [Fact]
    public Task An_IPv4_caller_talks_to_an_IPv6_callee() => TalkOnceAsync("bridge", Audio, calleeOnIpv6: true);

    [Fact]
    public Task Video_is_bridged_between_families_too() => TalkOnceAsync("bridge", AudioAndVideo, calleeOnIpv6: true);

    [Fact]
    public async Task A_caller_behind_a_NAT_is_found_where_its_media_comes_from()
    {
        await using var call = new TestCall(site, "nat", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp(behindNat: true)).ReceiveResponse(200).Ack()
                .PauseAt("answered").Bye(),
            Answering(call, call.Callee.Sdp()));
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");

        // The relay was told ports where nobody is; the first packets tell it where the caller is.
        call.Caller.Lines[0].SendPacket();
        call.Caller.Lines[0].SendReport();
        await call.ListenAsync();
        await call.TalkAsync();

        await call.FiguresShouldHoldAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }

    [Fact]
    public async Task Refused_video_leaves_audio_alone()
    {
        await using var call = new TestCall(site, "video", AudioAndVideo);
        await call.StartAsync(Calling(call), Answering(call, call.Callee.Sdp(refuseFrom: 1)));
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();
        await call.FiguresShouldHoldAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }

    [Fact]
    public async Task Hold_and_resume_by_the_caller_keep_the_ports()
    {
        await using var call = new TestCall(site, "hold", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(200).Ack().PauseAt("answered")
                .Reinvite(call.Caller.Sdp(hold: true, direction: "sendonly")).ReceiveResponse(200).Ack()
                .PauseAt("holding")
                .Reinvite(call.Caller.Sdp()).ReceiveResponse(200).Ack().PauseAt("resumed")
                .Bye(),
            call.CalleeScript.ReceiveInvite().Report("invited").Ring().Answer(call.Callee.Sdp()).ReceiveRequest("ACK")
                .Report("confirmed")
                .ReceiveInvite().Report("held").AnswerAgain(call.Callee.Sdp(direction: "recvonly")).ReceiveRequest("ACK")
                .ReceiveInvite().Report("taken back").AnswerAgain(call.Callee.Sdp()).ReceiveRequest("ACK")
                .Report("confirmed again")
                .ReceiveRequest("BYE").Report("hung up").Confirm());
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();

        await call.Caller.Sipp.GoAsync();
        await call.Callee.HearAsync("held");
        call.Callee.Lines[0].Remote.ShouldBeNull("the callee is told to be silent");
        await call.Caller.HearAsync("holding");

        await call.Caller.Sipp.GoAsync();
        await call.Callee.HearAsync("taken back");
        await call.Caller.HearAsync("resumed");
        await call.Callee.Sipp.ReachAsync("confirmed again");
        await call.TalkAsync();

        await call.FiguresShouldHoldAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }

    [Fact]
    public async Task Hold_resume_and_hang_up_by_the_callee_find_the_same_session()
    {
        await using var call = new TestCall(site, "hold", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(200).Ack().Report("answered")
                .ReceiveInvite().Report("held").AnswerAgain(call.Caller.Sdp(direction: "recvonly")).ReceiveRequest("ACK")
                .ReceiveInvite().Report("taken back").AnswerAgain(call.Caller.Sdp()).ReceiveRequest("ACK")
                .Report("confirmed again")
                .ReceiveRequest("BYE").Report("hung up").Confirm(),
            call.CalleeScript.ReceiveInvite().Report("invited").Ring().Answer(call.Callee.Sdp()).ReceiveRequest("ACK")
                .PauseAt("confirmed")
                .Reinvite(call.Callee.Sdp(hold: true, direction: "sendonly")).ReceiveResponse(200).Ack()
                .PauseAt("holding")
                .Reinvite(call.Callee.Sdp()).ReceiveResponse(200).Ack().PauseAt("resumed")
                .Bye());
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();

        await call.Callee.Sipp.GoAsync();
        await call.Caller.HearAsync("held");
        await call.Callee.HearAsync("holding");

        await call.Callee.Sipp.GoAsync();
        await call.Caller.HearAsync("taken back");
        await call.Callee.HearAsync("resumed");
        await call.Caller.Sipp.ReachAsync("confirmed again");
        await call.TalkAsync();

        await call.FiguresShouldHoldAsync();
        await call.Callee.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Caller);
        await call.EndAsync();
    }

    [Fact]
    public async Task Early_media_flows_before_the_answer_and_on_the_same_ports_after_it()
    {
        await using var call = new TestCall(site, "early", Audio);
        string sdp = call.Callee.Sdp();
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(183).Report("early")
                .ReceiveResponse(200).Ack().PauseAt("answered").Bye(),
            call.CalleeScript.ReceiveInvite().Report("invited").Progress(sdp).PauseAt("early").Answer(sdp).ReceiveRequest("ACK")
                .Report("confirmed").ReceiveRequest("BYE").Report("hung up").Confirm());
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("early");
        await call.Callee.Sipp.ReachAsync("early");
        await call.TalkAsync();

        await call.Callee.Sipp.GoAsync();
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();

        await call.FiguresShouldHoldAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }

    [Fact]
    public async Task A_late_offer_makes_the_session_from_the_answer_side()
    {
        await using var call = new TestCall(site, "late", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(sdp: null).ReceiveResponse(200).Ack(call.Caller.Sdp()).PauseAt("offered").Bye(),
            call.CalleeScript.ReceiveInvite().Ring().Answer(call.Callee.Sdp()).ReceiveRequest("ACK").Report("answered")
                .ReceiveRequest("BYE").Report("hung up").Confirm());
        await call.Caller.HearAsync("offered");
        await call.Callee.HearAsync("answered");
        await call.TalkAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }

    [Fact]
    public async Task A_cancelled_call_leaves_nothing()
    {
        await using var call = new TestCall(site, "cancel", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(180).PauseAt("ringing").Cancel()
                .ReceiveResponse(487).AckRefusal(),
            call.CalleeScript.ReceiveInvite(keepVias: true).Ring().Report("invited")
                .ReceiveRequest("CANCEL").Confirm().RefuseCancelled().ReceiveRequest("ACK"));
        await call.Callee.HearAsync("invited");
        await call.Caller.Sipp.ReachAsync("ringing");
        (await call.Relay.SummaryAsync("active sessions")).ShouldBe(1);
        await call.Caller.Sipp.GoAsync();
        await call.EndAsync(completed: false);
    }

    [Fact]
    public async Task A_refused_call_leaves_nothing()
    {
        await using var call = new TestCall(site, "refuse", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(486).AckRefusal().Report("refused"),
            call.CalleeScript.ReceiveInvite().Ring().PauseAt("invited").Refuse("486 Busy Here").ReceiveRequest("ACK"));
        await call.Callee.HearAsync("invited");
        (await call.Relay.SummaryAsync("active sessions")).ShouldBe(1);
        await call.Callee.Sipp.GoAsync();
        (await call.Caller.Sipp.ReachAsync("refused")).StartLine.ShouldStartWith("SIP/2.0 486");
        await call.EndAsync(completed: false);
    }

    [Fact]
    public async Task A_call_that_falls_silent_is_ended_and_reported()
    {
        await using var call = new TestCall(site, "silent", Audio);
        using var notices = new NoticeListener(site.NoticeSocket);
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
            $"unix:{site.NoticeSocket} silence%20in%20{dialog.CallId} && S ttl=1"))
            .ShouldBe($"{call.Callee.RelayOf(0).Port} {call.Relay.Address}");
        (await notices.ReadAsync()).ShouldBe($"silence in {dialog.CallId}");
        call.KeptConnections = 1;
        (await call.Relay.AskAsync($"Q {dialog.CallId} {dialog.CallerTag};1")).ShouldBe("E50");

        // The phones know nothing of it and hang up later; Kamailio deletes what is gone.
        await call.Caller.Sipp.GoAsync();
        (await call.Callee.Sipp.ReachAsync("hung up"))["X-Relay-Figures"].ShouldBe("E50");
        await call.EndAsync();
    }

    /// <summary>Treatment, and whether it is the party who holds the other one that hears the music.</summary>
    [Theory]
    [InlineData("music", false)]
    [InlineData("tune", true)]
    public async Task Music_is_played_to_one_party_only_and_stops_when_the_held_one_is_taken_back(string treatment, bool toHolder)
    {
        byte[] prompt = [.. Enumerable.Range(0, 8_000).Select(i => (byte)(i * 5))]; // one second of PCMU
        await File.WriteAllBytesAsync(site.PromptPath + ".0", prompt, TestContext.Current.CancellationToken);
        await using var call = new TestCall(site, treatment, Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(200).Ack().PauseAt("answered")
                .Reinvite(call.Caller.Sdp(direction: "sendonly")).ReceiveResponse(200).Ack().PauseAt("holding")
                .Reinvite(call.Caller.Sdp()).ReceiveResponse(200).Ack().PauseAt("resumed")
                .Bye(),
            call.CalleeScript.ReceiveInvite().Report("invited").Ring().Answer(call.Callee.Sdp()).ReceiveRequest("ACK")
                .Report("confirmed")
                .ReceiveInvite().Report("held").AnswerAgain(call.Callee.Sdp(direction: "recvonly")).ReceiveRequest("ACK")
                .ReceiveInvite().Report("taken back").AnswerAgain(call.Callee.Sdp()).ReceiveRequest("ACK")
                .Report("confirmed again")
                .ReceiveRequest("BYE").Report("hung up").Confirm());
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();

        Party listener = toHolder ? call.Caller : call.Callee;
        RtpPhone hears = listener.Lines[0];
        RtpPhone isSilenced = (toHolder ? call.Callee : call.Caller).Lines[0];
        await call.Caller.Sipp.GoAsync();
        await call.Callee.HearAsync("held");
        await call.Caller.HearAsync("holding");
        await hears.Rtp.ReceiveAsync(isSilenced.PacketsSent + 20);

        await call.Caller.Sipp.GoAsync();
        await call.Callee.HearAsync("taken back");
        await call.Caller.HearAsync("resumed");
        await call.Callee.Sipp.ReachAsync("confirmed again");
        hears.TakeOthersThan(isSilenced).ShouldBePlayed(prompt, listener.RelayOf(0));
        await call.TalkAsync();

        await call.FiguresShouldHoldAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }

    [Fact]
    public async Task A_recorded_call_is_on_disk_packet_by_packet()
    {
        await using var call = new TestCall(site, "record", Audio);
        await call.StartAsync(Calling(call), Answering(call, call.Callee.Sdp()));
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();

        // R with the callee's tag first records what the callee says: "a" for answer.
        string file = Path.Combine(site.RecordingDirectory, $"{call.Dialog.CallId}={call.Dialog.CallerTag}.a.rtp");
        await Deadlines.UntilAsync(
            async () => File.Exists(file) && call.Callee.Lines[0].IsWholeIn(
                await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)),
            () => $"{file} does not hold the stream; there are {string.Join(' ', Directory.GetFiles(site.RecordingDirectory))}");
    }

    private async Task TalkOnceAsync(string treatment, string[] kinds, bool calleeOnIpv6 = false)
    {
        await using var call = new TestCall(site, treatment, kinds, calleeOnIpv6);
        await call.StartAsync(Calling(call), Answering(call, call.Callee.Sdp()));
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();
        await call.FiguresShouldHoldAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }

    private static SippScript Calling(TestCall call) =>
        call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(200).Ack().PauseAt("answered").Bye();

    private static SippScript Answering(TestCall call, string sdp) =>
        call.CalleeScript.ReceiveInvite().Report("invited").Ring().Answer(sdp).ReceiveRequest("ACK").Report("confirmed")
            .ReceiveRequest("BYE").Report("hung up").Confirm();
}
