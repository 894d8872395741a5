using RtpProxy.EndToEnd.Sipp;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>
/// Calls as they happen through any SIP proxy: each is a script for either phone, and what happens while the scripts wait.
/// </summary>
public abstract class ProxiedCalls(CallSite site)
{
    protected static readonly string[] Audio = ["audio"];
    protected static readonly string[] AudioAndVideo = ["audio", "video"];

    [Fact]
    public Task A_plain_call_carries_every_packet_both_ways() => TalkOnceAsync("plain", Audio);

    [Fact]
    public Task Audio_and_video_are_two_sessions_of_one_call() => TalkOnceAsync("video", AudioAndVideo);

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
        await call.EndAsync(unanswered: site.RelaysRefusedMedia ? 0 : 1);
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

    protected async Task TalkOnceAsync(string treatment, string[] kinds, bool calleeOnIpv6 = false)
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

    public static SippScript Calling(TestCall call) =>
        call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(200).Ack().PauseAt("answered").Bye();

    public static SippScript Answering(TestCall call, string sdp) =>
        call.CalleeScript.ReceiveInvite().Report("invited").Ring().Answer(sdp).ReceiveRequest("ACK").Report("confirmed")
            .ReceiveRequest("BYE").Report("hung up").Confirm();
}
