using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;
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

    /// <summary>SIPp plays them: captures of a real phone, and digits that it makes itself.</summary>
    [Fact]
    public async Task Keys_that_a_phone_presses_are_notified_and_get_to_the_other_party()
    {
        await using var call = new TestCall(site, "keys", Audio);
        using var notices = new NoticeListener(site.NoticeSocket);
        var media = new IPEndPoint(call.Caller.Address, Loopback.FreeUdpPort(call.Caller.Address));
        string sdp = SdpWithMediaAt(call.Caller, media);
        await call.StartAsync(
            call.CallerScript.Invite(sdp).ReceiveResponse(200).Ack().PauseAt("answered")
                .PlayCapture("dtmf_2833_5").PauseAt("five").PlayCapture("dtmf_2833_pound").PauseAt("pound")
                .PressKeys("42").PauseAt("more").Bye(),
            Answering(call, call.Callee.Sdp()),
            media);
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        string key = $"key of {call.Dialog.CallId}";
        await AskForKeysAsync(payloadType: 101);

        // What SIPp's captures have: ten packets of 280 ms, the last three of them with the end bit and one number.
        await call.Caller.Sipp.GoAsync();
        (await notices.ReadAsync()).ShouldBe($"{key} 5 10 2240 0");
        await call.Caller.Sipp.ReachAsync("five");
        await call.Caller.Sipp.GoAsync();
        (await notices.ReadAsync()).ShouldBe($"{key} # 10 2240 0");
        await call.Caller.Sipp.ReachAsync("pound");

        // The keys that it presses itself are of 200 ms, and of another type.
        await AskForKeysAsync(payloadType: 96);
        await call.Caller.Sipp.GoAsync();
        (await notices.ReadAsync()).ShouldBe($"{key} 4 10 1600 0");
        (await notices.ReadAsync()).ShouldBe($"{key} 2 10 1600 0");
        await call.Caller.Sipp.ReachAsync("more");

        call.Callee.Lines[0].Rtp.Arrivals.Where(arrival => (arrival.Datagram[1] & 0x7f) is 101 or 96)
            .Select(arrival => arrival.Datagram[12]).Distinct().ShouldBe((byte[])[5, 11, 4, 2]);
        await call.Caller.Sipp.GoAsync();
        await call.Callee.Sipp.ReachAsync("hung up");
        await call.Callee.Sipp.ShouldSucceedAsync();
        await call.Caller.Sipp.ShouldSucceedAsync();
        call.KeptConnections = 1;
        await call.NothingShouldBeLeftAsync();

        async Task AskForKeysAsync(int payloadType)
        {
            (string id, string callerTag, string calleeTag) = (call.Dialog.CallId, call.Dialog.CallerTag, call.Dialog.CalleeTag);
            (await call.Relay.AskAsync(
                $"U {id} {media.Address} {media.Port} {callerTag};1 {calleeTag};1 unix:{site.NoticeSocket} silence " +
                $"&& M3:1 key%20of%20{id} {payloadType}"))
                .ShouldBe($"{call.Callee.RelayOf(0).Port} {call.Relay.Address}");
        }
    }

    /// <summary>The description of a party whose SIPp sends the media of its one line itself.</summary>
    public static string SdpWithMediaAt(Party party, IPEndPoint media)
    {
        int port = party.Lines[0].Rtp.Local.Port;
        return party.Sdp()
            .Replace($"audio {port} ", $"audio {media.Port} ", StringComparison.Ordinal)
            .Replace($"rtcp:{port + 1}", $"rtcp:{media.Port + 1}", StringComparison.Ordinal);
    }

    /// <summary>The caller tells an address and ports where nobody is.</summary>
    protected async Task FindBehindNatAsync()
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

    /// <summary>The caller holds the callee, music plays, and it takes the callee back.</summary>
    /// <param name="treatment">One for which the proxy has music played.</param>
    /// <param name="toHolder">It is the caller that hears it.</param>
    protected async Task PlayMusicAsync(string treatment, bool toHolder)
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
