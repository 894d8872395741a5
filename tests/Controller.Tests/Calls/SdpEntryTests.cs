using System.Net;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Tests.Offers;

namespace RtpProxy.Controller.Tests.Calls;

/// <summary>Calls of a program that has Call-ID, tags and SDP, and no SIP message.</summary>
public sealed class SdpEntryTests
{
    private const string OnHold =
        "v=0\r\no=u 1 2 IN IP4 10.1.1.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0 8 101\r\n";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly MediaCall Begun = new("call@h", "ft");
    private static readonly MediaCall Answered = Begun with { ToTag = "tt" };

    [Fact]
    public async Task An_offer_gets_the_relays_address_and_port_and_so_does_its_answer()
    {
        var node = new TestNode();
        SdpResult offer = await Over(node).OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        (offer.IsDone, offer.Relay).ShouldBe((true, "node"));
        offer.Sdp.ShouldBe(
            "v=0\r\no=u 1 1 IN IP4 127.0.0.5\r\ns=-\r\nc=IN IP4 127.0.0.5\r\nt=0 0\r\nm=audio 35000 RTP/AVP 0 8 101\r\na=nortpproxy:yes\r\n");
        SdpResult answer = await Over(node).AnswerAsync(Answered, TestMessages.Sdp, cancellationToken: Stop);
        answer.Sdp!.ShouldContain("m=audio 35000");
        node.Commands.ShouldBe(["Uc0,8,101 call@h 10.1.1.1 5004 ft;1", "Lc0,8,101 call@h 10.1.1.1 5004 ft;1 tt;1"]);
    }

    [Fact]
    public async Task Line_ends_and_unknown_lines_stay_as_they_came()
    {
        string sdp = TestMessages.Sdp.Replace("\r\n", "\n", StringComparison.Ordinal) + "a=x-unknown: here";
        SdpResult offer = await Over(new TestNode()).OfferAsync(Begun, sdp, cancellationToken: Stop);
        offer.Sdp.ShouldStartWith("v=0\no=u 1 1 IN IP4 127.0.0.5\ns=-\n");
        offer.Sdp.ShouldContain("\na=x-unknown: here");
    }

    [Fact]
    public async Task The_other_party_offers_with_the_call_reversed()
    {
        var node = new TestNode();
        await Over(node).OfferAsync(Answered.Reversed(), TestMessages.Sdp, cancellationToken: Stop);
        await Over(node).AnswerAsync(Answered.Reversed(), TestMessages.Sdp, cancellationToken: Stop);
        node.Commands.ShouldBe(["Uc0,8,101 call@h 10.1.1.1 5004 tt;1 ft;1", "Lc0,8,101 call@h 10.1.1.1 5004 tt;1 ft;1"]);
        Should.Throw<InvalidOperationException>(() => Begun.Reversed());
    }

    [Fact]
    public async Task A_first_offer_in_a_response_begins_the_call_where_the_caller_says_so()
    {
        var node = new TestNode("node", line => RelayReply.From(line.Contains(";2", StringComparison.Ordinal) ? "E37" : "35000 127.0.0.5"));
        SdpResult offer = await Over(node).OfferAsync(
            Answered.Reversed(), TestMessages.AudioVideo, new SdpOptions { BeginsCall = true }, Stop);
        (offer.Outcome, offer.Sdp, offer.Refusal!.Status).ShouldBe((MediaOutcome.Failed, null, 488));
        node.Commands[^1].ShouldBe("D call@h tt ft");
    }

    [Fact]
    public async Task A_relay_that_does_not_answer_or_has_no_room_is_passed_over()
    {
        var logger = new LinesLogger<RtpProxyController>();
        var silent = new TestNode("silent", _ => RelayReply.Failed(RelayFailure.NoReply));
        var full = new TestNode("E71", "full");
        var free = new TestNode(name: "free");
        var controller = new RtpProxyController(new TestNodes(silent, full, free), logger: logger);
        SdpResult offer = await controller.OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        (offer.IsDone, offer.Relay).ShouldBe((true, "free"));
        logger.Lines.ShouldBe(
        [
            "Information: call@h goes to another relay than silent: no reply in time",
            "Information: call@h goes to another relay than full: takes no new call (E71)",
        ]);
    }

    [Fact]
    public async Task Without_a_relay_nothing_is_to_be_passed_on_and_the_sender_may_try_again_later()
    {
        var logger = new LinesLogger<RtpProxyController>();
        var controller = new RtpProxyController(new TestNodes([null]), logger: logger);
        SdpResult offer = await controller.OfferAsync(Begun with { CallId = "evil\ncall" }, TestMessages.Sdp, cancellationToken: Stop);
        (offer.Outcome, offer.Sdp, offer.Refusal!.Status, offer.Refusal.MayBeRetried).ShouldBe((MediaOutcome.NoRelay, null, 503, true));
        logger.Lines.ShouldBe(["Warning: Offer of evil\\ncall not relayed (relay: none): no relay of set 0 is available"]);
    }

    [Fact]
    public async Task A_hold_is_a_hold_and_a_refused_one_is_taken_back()
    {
        var node = new TestNode();
        RtpProxyController controller = Over(node);
        await controller.OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        await controller.AnswerAsync(Answered, TestMessages.Sdp, cancellationToken: Stop);
        SdpResult hold = await controller.OfferAsync(Answered, OnHold, cancellationToken: Stop);
        hold.Sdp!.ShouldContain("c=IN IP4 0.0.0.0\r\n");
        (await controller.TakeBackAsync(Answered, Stop)).IsDone.ShouldBeTrue();
        (await controller.TakeBackAsync(Answered, Stop)).IsDone.ShouldBeTrue();
        node.Commands.Skip(2).ShouldBe(["Uc0,8,101 call@h 0.0.0.0 5004 ft;1 tt;1", "Uc0,8,101 call@h 10.1.1.1 5004 ft;1 tt;1"]);
    }

    [Fact]
    public async Task A_provisional_answer_leaves_the_offer_open()
    {
        var node = new TestNode();
        RtpProxyController controller = Over(node);
        await controller.OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        await controller.AnswerAsync(Answered, TestMessages.Sdp, cancellationToken: Stop);
        await controller.OfferAsync(Answered, OnHold, cancellationToken: Stop);
        SdpResult early = await controller.AnswerAsync(Answered, OnHold, new SdpOptions { IsProvisional = true }, Stop);
        early.AnswersRelayedOffer.ShouldBeTrue();
        await controller.TakeBackAsync(Answered, Stop);
        node.Commands.Skip(4).Order().ShouldBe(
            ["Lc0,8,101 call@h 10.1.1.1 5004 ft;1 tt;1", "Uc0,8,101 call@h 10.1.1.1 5004 ft;1 tt;1"]);
    }

    [Fact]
    public async Task What_goes_through_a_relay_already_passes_as_it_is()
    {
        var node = new TestNode();
        SdpResult offer = await Over(node).OfferAsync(Begun, TestMessages.Sdp + "a=nortpproxy:yes\r\n", cancellationToken: Stop);
        (offer.Outcome, offer.Sdp).ShouldBe((MediaOutcome.AlreadyRelayed, TestMessages.Sdp + "a=nortpproxy:yes\r\n"));
        node.Commands.ShouldBeEmpty();
        SdpResult anyhow = await Over(node).OfferAsync(
            Begun, TestMessages.Sdp + "a=nortpproxy:yes\r\n", new SdpOptions { IgnoreMark = true }, Stop);
        anyhow.IsDone.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("v=0\r\no=u 1 1 IN IP4 10.1.1.1\r\ns=-\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0\r\n")]
    public async Task What_is_no_description_is_refused_before_any_command(string sdp)
    {
        var node = new TestNode();
        SdpResult offer = await Over(node).OfferAsync(Begun, sdp, cancellationToken: Stop);
        (offer.Outcome, offer.Sdp, offer.Refusal!.Status).ShouldBe((MediaOutcome.Failed, null, 400));
        node.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_from_nobody_is_refused()
    {
        SdpResult answer = await Over(new TestNode()).AnswerAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        (answer.Outcome, answer.Refusal!.Status).ShouldBe((MediaOutcome.Failed, 400));
    }

    [Fact]
    public async Task A_host_name_needs_to_know_where_the_message_came_from()
    {
        string sdp = TestMessages.Sdp.Replace("c=IN IP4 10.1.1.1", "c=IN IP4 phone.example.com", StringComparison.Ordinal);
        var node = new TestNode();
        (await Over(node).OfferAsync(Begun, sdp, cancellationToken: Stop)).Refusal!.Status.ShouldBe(488);
        var known = new SdpOptions { Source = IPAddress.Parse("192.0.2.1") };
        (await Over(node).OfferAsync(Begun, sdp, known, Stop)).IsDone.ShouldBeTrue();
        node.Commands.ShouldBe(["Uc0,8,101 call@h 192.0.2.1 5004 ft;1"]);
    }

    [Fact]
    public async Task A_relay_that_names_no_address_needs_one_to_stand_in()
    {
        var node = new TestNode("35000");
        SdpResult offer = await Over(node).OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        (offer.Outcome, offer.Refusal!.Status).ShouldBe((MediaOutcome.Failed, 500));
        node.Commands[^1].ShouldBe("D call@h ft");
        var local = new SdpOptions { Local = IPAddress.Parse("127.0.0.4") };
        (await Over(node).OfferAsync(Begun, TestMessages.Sdp, local, Stop)).Sdp!.ShouldContain("c=IN IP4 127.0.0.4");
        var reached = new TestNode("35000") { Host = IPAddress.Parse("127.0.0.6") };
        (await Over(reached).OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop)).Sdp!.ShouldContain("c=IN IP4 127.0.0.6");
        (await Over(reached).OfferAsync(Begun, TestMessages.Sdp, local, Stop)).Sdp!.ShouldContain("c=IN IP4 127.0.0.4");
    }

    [Fact]
    public async Task Options_are_what_the_modules_flags_are()
    {
        var node = new TestNode();
        var options = new SdpOptions
        {
            Source = IPAddress.Parse("192.0.2.1"),
            Asymmetric = true,
            PtimeMilliseconds = 30,
            Address = "203.0.113.7",
            RewriteSessionConnection = true,
        };
        SdpResult offer = await Over(node).OfferAsync(Begun with { Branch = "z9hG4bK7" }, TestMessages.Sdp, options, Stop);
        offer.Sdp!.ShouldContain("c=IN IP4 203.0.113.7");
        node.Commands.ShouldBe(["UAZ30c0,8,101 call@h;z9hG4bK7 192.0.2.1 5004 ft;1"]);
    }

    [Fact]
    public async Task A_call_whose_media_is_lost_is_reported_by_its_Call_ID()
    {
        var node = new TestNode();
        var options = new CallMediaOptions { TimeoutSocket = "unix:/run/app.sock" };
        var controller = new RtpProxyController(new TestNodes(node), options);
        await controller.OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        await controller.OfferAsync(Begun, TestMessages.Sdp, new SdpOptions { TimeoutTag = "mine" }, Stop);
        node.Commands[0].ShouldEndWith(" ft;1 unix:/run/app.sock call@h");
        node.Commands[1].ShouldEndWith(" ft;1 unix:/run/app.sock mine");
    }

    [Fact]
    public async Task The_set_of_a_call_is_asked()
    {
        var nodes = new TestNodes(new TestNode());
        await new RtpProxyController(nodes).OfferAsync(Begun with { Set = 7 }, TestMessages.Sdp, cancellationToken: Stop);
        nodes.Asked.ShouldBe([("call@h", 7)]);
    }

    [Fact]
    public async Task A_cancelled_offer_throws_and_leaves_no_session()
    {
        using var cancelled = new CancellationTokenSource();
        var node = new TestNode("node", _ => RelayReply.From("35000 127.0.0.5"))
        {
            Delay = token =>
            {
                if (!token.CanBeCanceled || cancelled.IsCancellationRequested)
                {
                    return Task.CompletedTask;
                }

                cancelled.Cancel();
                return Task.CompletedTask;
            },
        };
        var cancelling = new TestNode("node", line => line.StartsWith('U') && line.Contains(";2", StringComparison.Ordinal)
            ? throw new OperationCanceledException(cancelled.Token)
            : RelayReply.From("35000 127.0.0.5"))
        {
            Delay = node.Delay,
        };
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await Over(cancelling).OfferAsync(Begun, TestMessages.AudioVideo, cancellationToken: cancelled.Token));
        cancelling.Commands[^1].ShouldBe("D call@h ft");
    }

    [Fact]
    public async Task Commands_for_a_call_say_what_became_of_them()
    {
        string reply = "0";
        var node = new TestNode("node", _ => RelayReply.From(reply));
        RtpProxyController controller = Over(node);
        (await controller.PlayAsync(Answered, MediaParty.To, "welcome", 3, Stop)).IsDone.ShouldBeTrue();
        (await controller.StopPlayingAsync(Answered, MediaParty.To, Stop)).IsDone.ShouldBeTrue();
        (await controller.RecordAsync(Answered, MediaParty.From, Stop)).IsDone.ShouldBeTrue();
        (await controller.CopyAsync(Answered, MediaParty.To, new IPEndPoint(IPAddress.Loopback, 6000), Stop)).IsDone.ShouldBeTrue();
        (await controller.StopRecordingAsync(Answered, MediaParty.From, Stop)).IsDone.ShouldBeTrue();
        (await controller.DeleteAsync(Answered, Stop)).IsDone.ShouldBeTrue();
        node.Commands.ShouldBe(
        [
            "P3 call@h welcome session tt;1 ft;1", "S call@h tt;1 ft;1", "R call@h ft tt", "C call@h udp:127.0.0.1:6000 tt;1 ft;1",
            "N call@h ft tt", "D call@h ft tt",
        ]);

        reply = "E60";
        CallResult missing = await controller.PlayAsync(Answered, MediaParty.To, "none", cancellationToken: Stop);
        (missing.Outcome, missing.ErrorNumber, missing.Reason).ShouldBe((MediaOutcome.Failed, 60, "the relay refused with E60 (Player)"));
        reply = "E50";
        (await controller.DeleteAsync(Answered, Stop)).IsDone.ShouldBeTrue("what shall end has ended");
        (await controller.RecordAsync(Answered, MediaParty.To, Stop)).Reason.ShouldBe("the relay knows no such session");
        (await controller.RecordAsync(Begun, MediaParty.To, Stop)).Reason.ShouldBe("that party has no tag yet");
    }

    [Fact]
    public async Task Counters_are_told_by_party()
    {
        var node = new TestNode("node", _ => RelayReply.From("59 20 25 45 1\n"));
        StatisticsResult counters = await Over(node).QueryAsync(Answered, Stop);
        counters.Counters.ShouldBe(new CallStatistics(TimeSpan.FromSeconds(59), 20, 25, 45, 1));
        node.Commands.ShouldBe(["Q call@h ft;1 tt;1"]);
        StatisticsResult none = await Over(new TestNode("E50")).QueryAsync(Answered, Stop);
        (none.Outcome, none.Counters, none.Reason).ShouldBe((MediaOutcome.Failed, null, "the relay knows no such session"));
    }

    [Fact]
    public async Task A_relay_that_is_silent_for_a_command_is_no_relay()
    {
        var silent = new TestNode("silent", _ => RelayReply.Failed(RelayFailure.NoReply));
        CallResult end = await Over(silent).DeleteAsync(Answered, Stop);
        (end.Outcome, end.Reason).ShouldBe((MediaOutcome.NoRelay, "silent: no reply in time"));
    }

    private static RtpProxyController Over(TestNode node) => new(new TestNodes(node));
}
