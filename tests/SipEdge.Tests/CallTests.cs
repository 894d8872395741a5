using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Whole calls: signalling through, media anchored, media deleted.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task A_call_is_routed_anchored_and_ended()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;

        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(100);
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE sip:bob@example.com SIP/2.0");
        invite.ValuesOf(HeaderKind.Via).Count().ShouldBe(2);
        invite.Text.ShouldContain($"Record-Route: <sip:{edge.Udp};lr;seal=");
        invite.Text.ShouldContain("Max-Forwards: 69");
        invite.FindVia(1)!.Received.ShouldBe("127.0.0.1");
        invite.FindVia(1)!.ReceivedPort.ShouldBe(edge.Caller.Local.Port);
        invite.Text.ShouldContain("c=IN IP4 127.0.1.1");
        invite.Text.ShouldContain("m=audio 30002 ");
        invite.Text.ShouldEndWith("a=nortpproxy:yes\r\n");
        invite.DeclaredLength.ShouldBe(invite.Rest.Length);

        call.CalleeSends(Dialogue.Response(invite, "180 Ringing"));
        SipMessage ringing = await edge.Caller.ExpectAsync("SIP/2.0 180");
        ringing.ValuesOf(HeaderKind.Via).Count().ShouldBe(1);
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        SipMessage ok = await edge.Caller.ExpectAsync("SIP/2.0 200");
        ok.Text.ShouldContain("c=IN IP4 127.0.1.1");
        ok.Text.ShouldContain("m=audio 30004 ");

        string route = Dialogue.RouteOf(ok, reversed: true);
        call.CallerSends(call.FromCaller("ACK", null, route, 1));
        SipMessage ack = await edge.Callee.ExpectAsync("ACK");
        ack.ValuesOf(HeaderKind.Route).ShouldBeEmpty();

        call.CalleeSends(call.FromCallee("BYE", null, Dialogue.RouteOf(invite, reversed: false), 2));
        SipMessage bye = await edge.Caller.ExpectAsync($"BYE sip:alice@{edge.Caller.HostPort}");
        edge.Caller.Send(Dialogue.Response(bye, "200 OK"), edge.Udp);
        await edge.Callee.ExpectAsync("SIP/2.0 200");

        edge.MediaCommands.ShouldBe(
        [
            "Uc0,8 call-1@test 192.0.2.1 4000 ft;1",
            "Lc0,8 call-1@test 192.0.2.2 5000 ft;1 tt;1",
            "D call-1@test tt ft",
        ]);
    }

    [Fact]
    public async Task A_hold_keeps_the_ports_and_a_refused_one_keeps_the_call()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string route = await edge.EstablishAsync(call);

        call.CallerSends(call.FromCaller("INVITE", Dialogue.Sdp("0.0.0.0", 4000), route, 2));
        SipMessage hold = await edge.Callee.ExpectAsync("INVITE");
        hold.Text.ShouldContain("m=audio 30002 ");
        hold.Text.ShouldContain("c=IN IP4 0.0.0.0");
        call.CalleeSends(Dialogue.Response(hold, "488 Not Acceptable Here"));
        await edge.Callee.ExpectAsync("ACK");
        await edge.Caller.ExpectAsync("SIP/2.0 488");

        edge.MediaCommands.TakeLast(2).ShouldBe(
        [
            "Uc0,8 call-1@test 0.0.0.0 4000 ft;1 tt;1",
            "Uc0,8 call-1@test 192.0.2.1 4000 ft;1 tt;1",
        ]);
    }

    [Fact]
    public async Task A_cancelled_call_leaves_no_media()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-c"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "180 Ringing"));
        await edge.Caller.ExpectAsync("SIP/2.0 180");

        call.CallerSends(call.Initial("CANCEL", null, branch: "z9hG4bK-c"));
        SipMessage accepted = await edge.Caller.ExpectAsync("SIP/2.0 200");
        accepted.CSeq!.Value.Method.ShouldBe("CANCEL");
        SipMessage cancel = await edge.Callee.ExpectAsync("CANCEL sip:bob@example.com");
        cancel.TopVia!.Branch.ShouldBe(invite.TopVia!.Branch);
        call.CalleeSends(Dialogue.Response(cancel, "200 OK"));
        call.CalleeSends(Dialogue.Response(invite, "487 Request Terminated"));

        SipMessage ack = await edge.Callee.ExpectAsync("ACK");
        ack.ToTag.ShouldBe("tt");
        await edge.Caller.ExpectAsync("SIP/2.0 487");
        call.CallerSends(call.Initial("ACK", null, branch: "z9hG4bK-c"));
        edge.MediaCommands[1].ShouldBe("D call-1@test ft");
        (await TransactionsEndAsync(edge)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_CANCEL_waits_until_the_callee_has_spoken()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-c"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CallerSends(call.Initial("CANCEL", null, branch: "z9hG4bK-c"));
        await edge.Caller.ExpectAsync("SIP/2.0 200");
        await edge.WaitForMediaAsync(2);
        edge.Callee.HasMail.ShouldBeFalse();

        call.CalleeSends(Dialogue.Response(invite, "100 Trying"));

        await edge.Callee.ExpectAsync("CANCEL");
    }

    [Fact]
    public async Task A_refused_call_leaves_no_media_and_is_refused_until_acknowledged()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-r"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");

        call.CalleeSends(Dialogue.Response(invite, "486 Busy Here"));
        await edge.Callee.ExpectAsync("ACK");
        await edge.Caller.ExpectAsync("SIP/2.0 486");
        edge.MediaCommands[1].ShouldBe("D call-1@test ft tt");

        call.CalleeSends(Dialogue.Response(invite, "486 Busy Here"));
        await edge.Callee.ExpectAsync("ACK");
        await edge.AdvanceUntilMailAsync(edge.Caller);
        await edge.Caller.ExpectAsync("SIP/2.0 486");
        call.CallerSends(call.Initial("ACK", null, branch: "z9hG4bK-r"));
        (await TransactionsEndAsync(edge)).ShouldBeTrue();
        edge.MediaCommands.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_late_offer_is_anchored_in_the_answer_and_the_ACK()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        SipMessage ok = await edge.Caller.ExpectAsync("SIP/2.0 200");
        call.CallerSends(call.FromCaller("ACK", Dialogue.Sdp("192.0.2.1", 4000), Dialogue.RouteOf(ok, reversed: true), 1));
        SipMessage ack = await edge.Callee.ExpectAsync("ACK");

        ack.Text.ShouldContain("c=IN IP4 127.0.1.1");
        edge.MediaCommands.ShouldBe(
        [
            "Uc0,8 call-1@test 192.0.2.2 5000 tt;1 ft;1",
            "Lc0,8 call-1@test 192.0.2.1 4000 tt;1 ft;1",
        ]);
    }

    [Fact]
    public async Task Repeated_messages_go_as_before_and_ask_the_relay_once()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string text = call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-same");
        call.CallerSends(text);
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CallerSends(text);
        (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(100);
        (await edge.Caller.ReceiveAsync()).StatusCode.ShouldBe(100);

        string ok = Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000));
        call.CalleeSends(ok);
        SipMessage first = await edge.Caller.ExpectAsync("SIP/2.0 200");
        call.CalleeSends(ok);
        SipMessage second = await edge.Caller.ExpectAsync("SIP/2.0 200");

        second.Text.ShouldBe(first.Text);
        edge.MediaCommands.Count.ShouldBe(2);
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_silent_callee_is_asked_again_and_then_given_up_with_its_media()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage first = await edge.Callee.ExpectAsync("INVITE");
        await edge.AdvanceUntilMailAsync(edge.Callee);
        (await edge.Callee.ExpectAsync("INVITE")).Text.ShouldBe(first.Text);

        for (int i = 0; i < 64 && edge.MediaCommands.Count < 2; i++)
        {
            edge.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        await edge.WaitForMediaAsync(2);
        edge.MediaCommands[1].ShouldBe("D call-1@test ft");
        await edge.Caller.ExpectAsync("SIP/2.0 408");
    }

    [Fact]
    public async Task A_call_that_rings_for_ever_is_cancelled()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "180 Ringing"));
        await edge.Caller.ExpectAsync("SIP/2.0 180");

        await edge.AdvanceUntilAsync(() => edge.Callee.HasMail);
        await edge.Callee.ExpectAsync("CANCEL");
        await edge.AdvanceUntilAsync(() => edge.Caller.HasMail);

        await edge.Caller.ExpectAsync("SIP/2.0 408");
        await edge.WaitForMediaAsync(2);
        edge.MediaCommands[1].ShouldBe("D call-1@test ft");
    }

    [Fact]
    public async Task Without_any_relay_a_call_is_refused_in_words_and_other_requests_pass()
    {
        await using Edge edge = await Edge.StartAsync();
        await edge.Relays[0].WaitForAnswersAsync(5);
        edge.Relays[0].Kill();
        Dialogue call = edge.Call;

        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage refusal = await edge.Caller.ExpectAsync("SIP/2.0 503 No Media Relay Available");
        refusal.Text.ShouldContain("Retry-After");
        call.CallerSends(call.Initial("MESSAGE", null, cseq: 2));
        await edge.Callee.ExpectAsync("MESSAGE");
    }

    [Fact]
    public async Task A_call_may_pass_without_a_relay_when_that_is_wanted()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "media": { "whenUnavailable": "pass" }, """);
        await edge.Relays[0].WaitForAnswersAsync(5);
        edge.Relays[0].Kill();
        Dialogue call = edge.Call;

        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));

        (await edge.Callee.ExpectAsync("INVITE")).Text.ShouldContain("c=IN IP4 192.0.2.1\r\n");
    }

    [Fact]
    public async Task When_a_relay_dies_new_calls_go_to_the_other_one_at_once()
    {
        await using Edge edge = await Edge.StartAsync(relays: 2);
        await edge.Relays[0].WaitForAnswersAsync(5);
        await edge.Relays[1].WaitForAnswersAsync(5);
        edge.Relays[0].Kill();

        for (int i = 0; i < 10; i++)
        {
            var call = new Dialogue(edge.Caller, edge.Callee, edge.Udp, $"call-{i}@test");
            call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: $"z9hG4bK-k{i}"));
            SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
            invite.Text.ShouldContain("c=IN IP4 127.0.1.2");
            call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
            (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldContain("c=IN IP4 127.0.1.2");
        }
    }

    [Fact]
    public async Task A_CANCEL_that_is_lost_is_repeated_until_it_is_answered()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-c"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "180 Ringing"));
        await edge.Caller.ExpectAsync("SIP/2.0 180");
        call.CallerSends(call.Initial("CANCEL", null, branch: "z9hG4bK-c"));
        SipMessage first = await edge.Callee.ExpectAsync("CANCEL");

        await edge.AdvanceUntilMailAsync(edge.Callee);
        SipMessage second = await edge.Callee.ExpectAsync("CANCEL");
        second.Text.ShouldBe(first.Text);

        call.CalleeSends(Dialogue.Response(second, "200 OK"));
        await edge.DrainAsync();
        edge.Time.Advance(TimeSpan.FromSeconds(8));
        await edge.DrainAsync();
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_that_is_answered_while_it_is_cancelled_is_answered()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-c"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "180 Ringing"));
        await edge.Caller.ExpectAsync("SIP/2.0 180");
        call.CallerSends(call.Initial("CANCEL", null, branch: "z9hG4bK-c"));
        SipMessage cancel = await edge.Callee.ExpectAsync("CANCEL");
        (await edge.Caller.ExpectAsync("SIP/2.0 200")).CSeq!.Value.Method.ShouldBe("CANCEL");

        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        SipMessage ok = await edge.Caller.ExpectAsync("SIP/2.0 200");
        ok.CSeq!.Value.Method.ShouldBe("INVITE");
        call.CalleeSends(Dialogue.Response(cancel, "481 Call/Transaction Does Not Exist"));

        string route = Dialogue.RouteOf(ok, reversed: true);
        call.CallerSends(call.FromCaller("ACK", null, route, 1));
        await edge.Callee.ExpectAsync("ACK");
        call.CallerSends(call.FromCaller("BYE", null, route, 2));
        await edge.Callee.ExpectAsync("BYE");
        edge.MediaCommands[^1].ShouldStartWith("D call-1@test ft");
    }

    private static async Task<bool> TransactionsEndAsync(Edge edge)
    {
        await edge.AdvanceUntilAsync(() => edge.Server.TransactionCount == 0);
        return true;
    }
}
