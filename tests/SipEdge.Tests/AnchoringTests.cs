using RtpProxy.Sip;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Offers and answers that a relay does not take, or need not take, and offers that come to nothing.</summary>
public sealed class AnchoringTests
{
    private const string Video = "m=video 5006 RTP/AVP 96\r\n";

    [Theory]
    [InlineData("m=video 0 RTP/AVP 96\r\nc=IN IP6 ::1\r\n")]
    [InlineData("m=video 0 RTP/AVP 96\r\nc=nonsense\r\n")]
    [InlineData("m=video 0 RTP/AVP 96\r\nc=IN IP4 phone.example.com\r\na=rtcp:5007 IN IP4 10.1.1.1\r\n")]
    [InlineData("m=message 2855 TCP/MSRP *\r\nc=IN IP4 192.0.2.1\r\n")]
    [InlineData("m=application 9 TCP/TLS/BFCP *\r\nc=IN IP6 2001:db8::1\r\n")]
    public async Task Media_that_needs_no_relay_passes_as_it_is_in_offer_and_answer(string medium)
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000) + medium));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        invite.Text.ShouldContain(medium);
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000) + medium));
        SipMessage ok = await edge.Caller.ExpectAsync("SIP/2.0 200");
        ok.Text.ShouldContain(medium);
        ok.Text.ShouldContain("m=audio 30004 ");
        edge.MediaCommands.ShouldBe(["Uc0,8 call-1@test 192.0.2.1 4000 ft;1", "Lc0,8 call-1@test 192.0.2.2 5000 ft;1 tt;1"]);
    }

    [Fact]
    public async Task An_offer_of_nothing_but_port_0_asks_no_relay()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string sdp = "v=0\r\no=u 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\n";
        call.CallerSends(call.Initial("INVITE", sdp));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        invite.Text.ShouldEndWith(sdp);
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: sdp));
        (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldEndWith(sdp);
        edge.MediaCommands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("E36", "488 Not Acceptable Here", "Warning: 301 ")]
    [InlineData("E37", "488 Not Acceptable Here", "Warning: 399 ")]
    [InlineData("E72", "503 No Media Relay Available", "Retry-After: 5")]
    [InlineData("E99", "503 No Media Relay Available", "Retry-After: 5")]
    [InlineData("E13", "500 Media Relay Misconfigured", "")]
    public async Task What_a_relay_refuses_is_refused_by_its_reason(string reply, string status, string field)
    {
        await using Edge edge = await Edge.StartAsync(answer: Except(command => command.StartsWith('U') ? reply : null));
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage refusal = await edge.Caller.ExpectAsync($"SIP/2.0 {status}");
        refusal.Text.ShouldContain(field);
        refusal.Text.Contains("Retry-After", StringComparison.Ordinal).ShouldBe(status.StartsWith('5') && field.Length > 0);
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("c=IN IP4 239.1.2.3/127", true)]
    [InlineData("c=IN IP6 ff0e::1", true)]
    [InlineData("c=IN IP4 192.0.2.1", false)]
    public async Task A_group_address_is_refused_in_an_offer_and_ends_the_call_in_an_answer(string connection, bool isGroup)
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string sdp = Dialogue.Sdp("192.0.2.1", 4000).Replace("c=IN IP4 192.0.2.1", connection, StringComparison.Ordinal);
        call.CallerSends(call.Initial("INVITE", sdp));
        if (isGroup)
        {
            (await edge.Caller.ExpectAsync("SIP/2.0 488 Not Acceptable Here")).Text.ShouldContain("Warning: 330 ");
            edge.Callee.HasMail.ShouldBeFalse();
            edge.MediaCommands.ShouldBeEmpty();
            call = new Dialogue(edge.Caller, edge.Callee, edge.Udp, "call-2@test");
            call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: "z9hG4bK-second"));
        }

        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: sdp, extra: $"Contact: <sip:bob@{edge.Callee.HostPort}>\r\n"));

        await edge.Caller.ExpectAsync(isGroup ? "SIP/2.0 488" : "SIP/2.0 200");
        if (isGroup)
        {
            await edge.Callee.ExpectAsync("ACK");
            await edge.Callee.ExpectAsync("BYE");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("E50")]
    public async Task An_answer_with_more_media_than_the_offer_is_the_fault_of_the_callee(string reply)
    {
        await using Edge edge = await Edge.StartAsync(answer: Except(command =>
            command.StartsWith('L') && command.Contains(";2", StringComparison.Ordinal) ? reply : null));
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        string contact = $"Contact: <sip:bob@{edge.Callee.HostPort}>\r\n";

        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000) + Video, extra: contact));

        await edge.Caller.ExpectAsync("SIP/2.0 502 Bad Session Description From Callee");
        await edge.Callee.ExpectAsync("ACK");
        await edge.Callee.ExpectAsync("BYE");
    }

    [Theory]
    [InlineData("v=0\r\nthis is no SDP\r\n", 400)]
    [InlineData("v=0\r\no=u 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n", 400)]
    [InlineData("v=0\r\no=u 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n", 400)]
    public async Task A_description_that_cannot_be_read_is_refused_and_not_to_be_tried_again(string sdp, int status)
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", sdp));
        SipMessage refusal = await edge.Caller.ExpectAsync($"SIP/2.0 {status} Bad Session Description");
        refusal.Text.ShouldContain("Warning: 399 ");
        refusal.Text.ShouldNotContain("Retry-After");
        edge.MediaCommands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_description_that_cannot_be_read_passes_where_calls_may_pass_without_a_relay()
    {
        await using Edge edge = await Edge.StartAsync(more: """ "media": { "whenUnavailable": "pass" }, """);
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", "v=0\r\nthis is no SDP\r\n"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        invite.Text.ShouldEndWith("v=0\r\nthis is no SDP\r\n");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldContain("m=audio 5000 ");
        edge.MediaCommands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_asks_for_16_media_at_most()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string more = string.Concat(Enumerable.Repeat(Video, 16));
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000) + more));
        await edge.Caller.ExpectAsync("SIP/2.0 488");
        edge.MediaCommands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("488 Not Acceptable Here")]
    [InlineData("491 Request Pending")]
    [InlineData("500 Server Internal Error")]
    public async Task A_refused_UPDATE_is_taken_back(string status)
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string route = await edge.EstablishAsync(call);
        call.CallerSends(call.FromCaller("UPDATE", Dialogue.Sdp("192.0.2.99", 4444), route, 2));
        SipMessage update = await edge.Callee.ExpectAsync("UPDATE");
        call.CalleeSends(Dialogue.Response(update, status));
        await edge.Caller.ExpectAsync($"SIP/2.0 {status}");
        edge.MediaCommands[^1].ShouldBe("Uc0,8 call-1@test 192.0.2.1 4000 ft;1 tt;1");
    }

    [Fact]
    public async Task A_cancelled_re_INVITE_is_taken_back_by_its_487()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string route = await edge.EstablishAsync(call);
        string text = call.FromCaller("INVITE", Dialogue.Sdp("192.0.2.99", 4444), route, 2);
        call.CallerSends(text);
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "180 Ringing"));
        await edge.Caller.ExpectAsync("SIP/2.0 180");
        int before = edge.MediaCommands.Count;
        call.CallerSends(text.Replace("INVITE sip", "CANCEL sip", StringComparison.Ordinal).Replace("2 INVITE", "2 CANCEL", StringComparison.Ordinal).Split("Content-Type")[0] + "Content-Length: 0\r\n\r\n");
        await edge.Caller.ExpectAsync("SIP/2.0 200");
        SipMessage cancel = await edge.Callee.ExpectAsync("CANCEL");
        edge.MediaCommands.Count.ShouldBe(before);
        call.CalleeSends(Dialogue.Response(cancel, "200 OK"));
        call.CalleeSends(Dialogue.Response(invite, "487 Request Terminated"));
        await edge.Caller.ExpectAsync("SIP/2.0 487");
        edge.MediaCommands[^1].ShouldBe("Uc0,8 call-1@test 192.0.2.1 4000 ft;1 tt;1");
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    public async Task An_offer_that_nobody_answers_is_taken_back(string method)
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        string route = await edge.EstablishAsync(call);
        call.CallerSends(call.FromCaller(method, Dialogue.Sdp("192.0.2.99", 4444), route, 2));
        await edge.Callee.ExpectAsync(method);
        int before = edge.MediaCommands.Count;
        await Eventually.TrueAsync(() =>
        {
            edge.Time.Advance(TimeSpan.FromSeconds(1));
            return edge.MediaCommands.Count > before;
        });
        edge.MediaCommands[^1].ShouldBe("Uc0,8 call-1@test 192.0.2.1 4000 ft;1 tt;1");
    }

    [Theory]
    [InlineData("E37", "SIP/2.0 488")]
    [InlineData("E13", "SIP/2.0 500")]
    [InlineData("E71", "SIP/2.0 503")]
    public async Task An_answer_that_no_relay_takes_ends_the_call_on_both_sides(string reply, string refusal)
    {
        await using Edge edge = await Edge.StartAsync(answer: Except(command => command.StartsWith('L') ? reply : null));
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        string contact = $"Contact: <sip:bob@{edge.Callee.HostPort}>\r\n";
        string ok = Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000), extra: contact)
            .Replace("Record-Route: ", "Record-Route: <sip:192.0.2.77;lr>, ", StringComparison.Ordinal); // a proxy behind ours
        call.CalleeSends(ok);

        SipMessage ack = await edge.Callee.ExpectAsync($"ACK sip:bob@{edge.Callee.HostPort} SIP/2.0");
        (ack.ToTag, ack.FromTag, ack.CallId, ack.CSeq!.Value.Number).ShouldBe(("tt", "ft", "call-1@test", 1u));
        ack.Text.ShouldContain("Route: <sip:192.0.2.77;lr>\r\n");
        SipMessage bye = await edge.Callee.ExpectAsync($"BYE sip:bob@{edge.Callee.HostPort} SIP/2.0");
        bye.CSeq!.Value.Number.ShouldBe(2u);
        await edge.Caller.ExpectAsync(refusal);
        edge.MediaCommands[^1].ShouldBe("D call-1@test ft");

        // The callee has lost the ACK, and the BYE was lost on its way.
        call.CalleeSends(ok);
        await edge.Callee.ExpectAsync("ACK");
        await edge.AdvanceUntilMailAsync(edge.Callee);
        SipMessage again = await edge.Callee.ExpectAsync("BYE");
        again.Text.ShouldBe(bye.Text);
        call.CalleeSends(Dialogue.Response(again, "200 OK"));
        await edge.DrainAsync();
        edge.Time.Advance(TimeSpan.FromSeconds(5));
        await edge.DrainAsync();
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_ends_the_call_as_the_callees_fault()
    {
        await using Edge edge = await Edge.StartAsync();
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: "v=0\r\nno SDP\r\n"));
        await edge.Callee.ExpectAsync("ACK");
        await edge.Callee.ExpectAsync("BYE");
        await edge.Caller.ExpectAsync("SIP/2.0 502");
    }

    [Fact]
    public async Task An_early_answer_that_no_relay_takes_goes_on_without_its_description()
    {
        bool refuses = true;
        await using Edge edge = await Edge.StartAsync(answer: Except(command => command.StartsWith('L') && refuses ? "E71" : null));
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "183 Session Progress", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        SipMessage progress = await edge.Caller.ExpectAsync("SIP/2.0 183");
        progress.Body.IsEmpty.ShouldBeTrue();
        progress.Text.ShouldNotContain("Content-Type");
        refuses = false;
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldContain("m=audio 30004 ");
    }

    [Fact]
    public async Task A_reliable_early_answer_that_no_relay_takes_cancels_the_call()
    {
        await using Edge edge = await Edge.StartAsync(answer: Except(command => command.StartsWith('L') ? "E71" : null));
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000)));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(
            invite, "183 Session Progress", sdp: Dialogue.Sdp("192.0.2.2", 5000), extra: "Require: 100rel\r\nRSeq: 1\r\n"));
        SipMessage cancel = await edge.Callee.ExpectAsync("CANCEL");
        call.CalleeSends(Dialogue.Response(cancel, "200 OK"));
        call.CalleeSends(Dialogue.Response(invite, "487 Request Terminated"));
        await edge.Callee.ExpectAsync("ACK");
        await edge.Caller.ExpectAsync("SIP/2.0 503");
        edge.MediaCommands[^1].ShouldBe("D call-1@test ft");
    }

    [Fact]
    public async Task An_answer_to_a_re_INVITE_that_no_relay_takes_refuses_it_and_the_call_goes_on()
    {
        bool refuses = false;
        await using Edge edge = await Edge.StartAsync(answer: Except(command => command.StartsWith('L') && refuses ? "E37" : null));
        Dialogue call = edge.Call;
        string route = await edge.EstablishAsync(call);
        refuses = true;
        call.CallerSends(call.FromCaller("INVITE", Dialogue.Sdp("192.0.2.99", 4444), route, 2));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        SipMessage ack = await edge.Callee.ExpectAsync("ACK");
        ack.CSeq!.Value.Number.ShouldBe(2u);
        await edge.Caller.ExpectAsync("SIP/2.0 488");
        edge.MediaCommands[^1].ShouldBe("Uc0,8 call-1@test 192.0.2.1 4000 ft;1 tt;1");
        edge.Callee.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_late_answer_that_no_relay_takes_goes_on_without_its_description()
    {
        await using Edge edge = await Edge.StartAsync(answer: Except(command => command.StartsWith('L') ? "E37" : null));
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", null));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        SipMessage ok = await edge.Caller.ExpectAsync("SIP/2.0 200");
        call.CallerSends(call.FromCaller("ACK", Dialogue.Sdp("192.0.2.1", 4000), Dialogue.RouteOf(ok, reversed: true), 1));
        (await edge.Callee.ExpectAsync("ACK")).Body.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_to_an_offer_that_another_relay_has_marked_passes_as_it_is()
    {
        await using Edge edge = await Edge.StartAsync(answer: Except(command => command.StartsWith('L') ? "0" : null));
        Dialogue call = edge.Call;
        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000) + "a=nortpproxy:yes\r\n"));
        SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
        (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldContain("m=audio 5000 ");
    }

    [Fact]
    public async Task A_relay_that_drains_gets_no_new_calls_and_keeps_its_own()
    {
        await using Edge edge = await Edge.StartAsync(relays: 2);
        Dialogue first = OnRelay(edge, 0);
        string route = await edge.EstablishAsync(first);
        Func<string, ValueTask<string?>> usual = edge.Relays[0].Answer;
        edge.Relays[0].Answer = command => command.StartsWith('U') && command.Split(' ').Length == 5 ? new("E99") : usual(command);

        for (int i = 0; i < 8; i++)
        {
            var call = new Dialogue(edge.Caller, edge.Callee, edge.Udp, $"call-{i}@drain");
            call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("192.0.2.1", 4000), branch: $"z9hG4bK-d{i}"));
            SipMessage invite = await edge.Callee.ExpectAsync("INVITE");
            invite.Text.ShouldContain("c=IN IP4 127.0.1.2");
            call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("192.0.2.2", 5000)));
            (await edge.Caller.ExpectAsync("SIP/2.0 200")).Text.ShouldContain("c=IN IP4 127.0.1.2");
        }

        edge.Relays[0].Commands.Count(command => command.StartsWith('U') && command.Contains("@drain", StringComparison.Ordinal)).ShouldBe(1);
        first.CallerSends(first.FromCaller("INVITE", Dialogue.Sdp("192.0.2.1", 4000), route, 2));
        (await edge.Callee.ExpectAsync("INVITE")).Text.ShouldContain("c=IN IP4 127.0.1.1");
    }

    // A relay that answers as any, but for some commands.
    private static Func<string, string?> Except(Func<string, string?> special)
    {
        var usual = new PlausibleAnswers("127.0.1.1");
        return command => special(command) ?? usual.Answer(command);
    }

    private static Dialogue OnRelay(Edge edge, int relay)
    {
        // The Call-ID chooses: the sum of its bytes, modulo the weights.
        string callId = Enumerable.Range(0, 8).Select(i => $"own-{i}@test").First(id => id.Sum(c => c) % 256 % 2 == relay);
        return new Dialogue(edge.Caller, edge.Callee, edge.Udp, callId);
    }
}
