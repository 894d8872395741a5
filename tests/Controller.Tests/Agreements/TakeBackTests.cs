using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Tests.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Agreements;

/// <summary>Offers that come to nothing, as a node hears of them (docs/controller.md, "Offers that come to nothing").</summary>
public sealed class TakeBackTests
{
    private readonly Conversation _call = new();

    [Theory]
    [InlineData(488)]
    [InlineData(491)]
    [InlineData(487)]
    [InlineData(408)]
    [InlineData(302)]
    [InlineData(603)]
    public async Task A_refused_re_INVITE_is_taken_back(int status)
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000, "9"));
        (await _call.ReplyAsync(status, 2)).Action.ShouldBe(MediaAction.TakeBack);
        _call.Since().ShouldBe(["Uc9 call@h 10.9.9.9 6000 ft;1 tt;1", "Uc0 call@h 10.1.1.1 5004 ft;1 tt;1"]);
    }

    [Fact]
    public async Task A_refused_hold_is_taken_back()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("0.0.0.0", 5004));
        await _call.ReplyAsync(488, 2);
        _call.Since()[^1].ShouldBe("Uc0 call@h 10.1.1.1 5004 ft;1 tt;1");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)] // a hold that is refreshed
    public async Task A_refused_resume_leaves_the_call_on_hold_with_the_address_it_had_before_the_hold(int holds)
    {
        await _call.EstablishAsync();
        for (int i = 0; i < holds; i++)
        {
            await _call.RequestAsync("INVITE", 2 + i, Sdp.Audio("0.0.0.0", 5004));
            await _call.ReplyAsync(200, 2 + i, Sdp.Audio("10.2.2.2", 7000));
        }

        _call.Since();
        await _call.RequestAsync("INVITE", 9, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(488, 9);
        _call.Since().ShouldBe(
        [
            "Uc0 call@h 10.9.9.9 6000 ft;1 tt;1",
            "Uc0 call@h 10.1.1.1 5004 ft;1 tt;1",
            "Uc0 call@h 0.0.0.0 5004 ft;1 tt;1",
        ]);
    }

    [Fact]
    public async Task Symmetry_packet_duration_and_directions_are_those_of_before()
    {
        _call.Flags = MediaFlags.Parse("rwiez20");
        await _call.EstablishAsync();
        _call.Flags = MediaFlags.Parse("raeiz40");
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(488, 2);
        _call.Since()[^1].ShouldBe("USIEZ20c0 call@h 10.1.1.1 5004 ft;1 tt;1");
    }

    [Fact]
    public async Task An_offer_of_the_callee_is_taken_back_to_what_it_had_answered()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 1, Sdp.Audio("10.8.8.8", 7700), from: "tt", to: "ft");
        await _call.ReplyAsync(491, 1, from: "tt", to: "ft");
        _call.Since().ShouldBe(["Uc0 call@h 10.8.8.8 7700 tt;1 ft;1", "Lc0 call@h 10.2.2.2 7000 ft;1 tt;1"]);
    }

    [Fact]
    public async Task Both_offers_of_a_glare_are_taken_back_each_by_its_own_refusal()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.8.8.8", 7700), from: "tt", to: "ft");
        _call.Since();
        await _call.ReplyAsync(491, 2);
        _call.Since().ShouldBe(["Uc0 call@h 10.1.1.1 5004 ft;1 tt;1"]);
        await _call.ReplyAsync(491, 2, from: "tt", to: "ft");
        _call.Since().ShouldBe(["Lc0 call@h 10.2.2.2 7000 ft;1 tt;1"]);
    }

    [Fact]
    public async Task What_an_early_answer_changed_is_taken_back_too()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(183, 2, Sdp.Audio("10.2.2.2", 7777));
        _call.Since();
        await _call.ReplyAsync(488, 2);
        _call.Since().ShouldBe(["Uc0 call@h 10.1.1.1 5004 ft;1 tt;1", "Lc0 call@h 10.2.2.2 7000 ft;1 tt;1"]);
    }

    [Theory]
    [InlineData("UPDATE")]
    [InlineData("PRACK")]
    public async Task A_refused_offer_of_another_method_is_taken_back(string method)
    {
        await _call.EstablishAsync();
        await _call.RequestAsync(method, 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(504, 2, method: method);
        _call.Since()[^1].ShouldBe("Uc0 call@h 10.1.1.1 5004 ft;1 tt;1");
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    public async Task An_offer_that_nobody_answered_is_taken_back_by_its_request(string method)
    {
        await _call.EstablishAsync();
        await _call.RequestAsync(method, 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.RequestAsync(method, 2, Sdp.Audio("10.9.9.9", 6000), route: MessageRoute.Failure);
        _call.Since()[^1].ShouldBe("Uc0 call@h 10.1.1.1 5004 ft;1 tt;1");
    }

    [Fact]
    public async Task An_UPDATE_before_the_call_is_answered_is_taken_back()
    {
        await _call.RequestAsync("INVITE", 1, Sdp.Audio("10.1.1.1", 5004), to: null);
        await _call.ReplyAsync(183, 1, Sdp.Audio("10.2.2.2", 7000));
        await _call.RequestAsync("UPDATE", 2, Sdp.Audio("10.9.9.9", 6000));
        _call.Since();
        await _call.ReplyAsync(500, 2, method: "UPDATE");
        _call.Since().ShouldBe(["Uc0 call@h 10.1.1.1 5004 ft;1 tt;1"]);
    }

    [Fact]
    public async Task A_late_offer_of_a_re_INVITE_is_taken_back()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, null);
        await _call.ReplyAsync(183, 2, Sdp.Audio("10.2.2.2", 7777), hadSdp: false);
        await _call.ReplyAsync(500, 2, hadSdp: false);
        _call.Since().ShouldBe(["Uc0 call@h 10.2.2.2 7777 tt;1 ft;1", "Lc0 call@h 10.2.2.2 7000 ft;1 tt;1"]);
    }

    [Fact]
    public async Task Media_that_the_offer_added_is_deleted()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.1.1.1", 5004) + "m=video 5006 RTP/AVP 96\r\n");
        await _call.ReplyAsync(183, 2, Sdp.Audio("10.2.2.2", 7000) + "m=video 7002 RTP/AVP 96\r\n");
        _call.Since();
        await _call.ReplyAsync(488, 2);
        _call.Since().ShouldBe(
        [
            "Uc0 call@h 10.1.1.1 5004 ft;1 tt;1",
            "D call@h ft;2 tt;2",
            "Lc0 call@h 10.2.2.2 7000 ft;1 tt;1",
        ]);
    }

    [Fact]
    public async Task Media_that_was_at_port_0_and_is_refused_again_is_deleted()
    {
        await _call.EstablishAsync("m=video 0 RTP/AVP 96\r\nc=IN IP6 ::1\r\n");
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.1.1.1", 5004) + "m=video 5006 RTP/AVP 96\r\n");
        await _call.ReplyAsync(488, 2);
        _call.Since()[^1].ShouldBe("D call@h ft;2 tt;2");
    }

    [Fact]
    public async Task Media_that_the_offer_ended_goes_on()
    {
        await _call.EstablishAsync("m=video 5006 RTP/AVP 96\r\n", "m=video 7002 RTP/AVP 96\r\n");
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.1.1.1", 5004) + "m=video 0 RTP/AVP 96\r\n");
        await _call.ReplyAsync(488, 2);
        _call.Since().ShouldAllBe(command => !command.Contains(";2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Media_that_ends_with_an_agreement_is_deleted_and_may_come_back()
    {
        await _call.EstablishAsync("m=video 5006 RTP/AVP 96\r\n", "m=video 7002 RTP/AVP 96\r\n");
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.1.1.1", 5004) + "m=video 0 RTP/AVP 96\r\n");
        await _call.ReplyAsync(200, 2, Sdp.Audio("10.2.2.2", 7000) + "m=video 0 RTP/AVP 96\r\n");
        _call.Since()[^1].ShouldBe("D call@h ft;2 tt;2");
        await _call.RequestAsync("INVITE", 3, Sdp.Audio("10.1.1.1", 5004) + "m=video 5008 RTP/AVP 96\r\n");
        _call.Since()[^1].ShouldBe("Uc96 call@h 10.1.1.1 5008 ft;2 tt;2");
    }

    [Fact]
    public async Task An_accepted_offer_is_what_the_next_one_is_taken_back_to()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(200, 2, Sdp.Audio("10.2.2.2", 7000));
        await _call.RequestAsync("INVITE", 3, Sdp.Audio("10.7.7.7", 6600));
        await _call.ReplyAsync(488, 3);
        _call.Since()[^1].ShouldBe("Uc0 call@h 10.9.9.9 6000 ft;1 tt;1");
    }

    [Fact]
    public async Task A_200_without_description_accepts_what_a_183_answered()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(183, 2, Sdp.Audio("10.2.2.2", 7777));
        await _call.ReplyAsync(200, 2);
        _call.Since();
        await _call.ReplyAsync(500, 2);
        _call.Since().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repeated_refusal_changes_nothing_more_and_a_repeated_offer_is_taken_back_to_the_first_state()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        _call.Since();
        await _call.ReplyAsync(488, 2);
        _call.Since().ShouldBe(["Uc0 call@h 10.1.1.1 5004 ft;1 tt;1"]);
        await _call.ReplyAsync(488, 2);
        _call.Since().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_offer_changed_meanwhile_stays()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.RequestAsync("UPDATE", 3, Sdp.Audio("10.7.7.7", 6600));
        await _call.ReplyAsync(200, 3, Sdp.Audio("10.2.2.2", 7000), method: "UPDATE");
        _call.Since();
        await _call.ReplyAsync(488, 2);
        _call.Since().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_re_INVITE_waits_for_its_final_response()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        _call.Since();
        await _call.RequestAsync("CANCEL", 2, null);
        _call.Since().ShouldBeEmpty();
        await _call.ReplyAsync(487, 2);
        _call.Since().ShouldBe(["Uc0 call@h 10.1.1.1 5004 ft;1 tt;1"]);
    }

    [Fact]
    public async Task An_offer_that_a_node_refuses_halfway_is_taken_back_at_once()
    {
        await _call.EstablishAsync();
        _call.Answer = command => command.Contains(";2", StringComparison.Ordinal) ? "E37" : "35000 127.0.0.5";
        MediaResult result = await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000) + "m=video 5006 RTP/AVP 96\r\n");
        result.Refusal!.Status.ShouldBe(488);
        _call.Since()[^1].ShouldBe("Uc0 call@h 10.1.1.1 5004 ft;1 tt;1");
    }

    [Fact]
    public async Task An_answer_that_a_node_refuses_halfway_leaves_its_offer_to_be_taken_back()
    {
        await _call.EstablishAsync("m=video 5006 RTP/AVP 96\r\n", "m=video 7002 RTP/AVP 96\r\n");
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000) + "m=video 5006 RTP/AVP 96\r\n");
        await _call.ReplyAsync(183, 2, Sdp.Audio("10.2.2.2", 7700) + "m=video 7002 RTP/AVP 96\r\n");
        _call.Since();
        _call.Answer = command => command.StartsWith('L') && command.Contains(";2", StringComparison.Ordinal) ? "E37" : "35000 127.0.0.5";
        MediaResult result = await _call.ReplyAsync(200, 2, Sdp.Audio("10.2.2.2", 7777) + "m=video 7002 RTP/AVP 96\r\n");
        (result.Outcome, result.AnswersRelayedOffer).ShouldBe((MediaOutcome.Failed, true));
        _call.Since()[^1].ShouldBe("Lc0 call@h 10.2.2.2 7700 ft;1 tt;1");
        _call.Answer = _ => "35000 127.0.0.5";
        await _call.ReplyAsync(488, 2);
        string[] since = _call.Since();
        since.ShouldContain("Uc0 call@h 10.1.1.1 5004 ft;1 tt;1");
        since.ShouldContain("Lc0 call@h 10.2.2.2 7000 ft;1 tt;1");
    }

    [Fact]
    public async Task A_call_that_is_not_known_is_left_as_it_is()
    {
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        _call.Since();
        (await _call.ReplyAsync(488, 2)).Code.ShouldBe(1);
        _call.Since().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_has_ended_is_forgotten()
    {
        await _call.EstablishAsync();
        _call.Memory.CallCount.ShouldBe(1);
        await _call.RequestAsync("BYE", 2, null);
        _call.Memory.CallCount.ShouldBe(0);
    }

    [Fact]
    public async Task When_the_node_is_gone_nobody_else_is_told_and_the_result_says_so()
    {
        await _call.EstablishAsync();
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        _call.ReplaceNode("another");
        MediaResult result = await _call.ReplyAsync(488, 2);
        (result.Outcome, result.Reason).ShouldBe((MediaOutcome.Failed, "node, which has the call, is not available"));
        _call.Since().ShouldBe(["Uc0 call@h 10.9.9.9 6000 ft;1 tt;1"]);
    }

    [Fact]
    public async Task A_session_that_an_offer_made_on_another_node_is_deleted_there()
    {
        await _call.EstablishAsync();
        _call.ReplaceNode("another");
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(488, 2);
        _call.Since()[^1].ShouldBe("D call@h ft;1 tt;1");
    }

    [Fact]
    public async Task An_answer_that_comes_to_another_node_than_its_offer_moves_the_call_there()
    {
        await _call.RequestAsync("INVITE", 1, Sdp.Audio("10.1.1.1", 5004), to: null);
        _call.ReplaceNode("another");
        bool isKnown = false;
        _call.Answer = command =>
        {
            isKnown |= command.StartsWith('U');
            return command.StartsWith('L') && !isKnown ? "0" : "35000 127.0.0.5";
        };
        _call.Since();
        MediaResult result = await _call.ReplyAsync(200, 1, Sdp.Audio("10.2.2.2", 7000), inDialog: false);
        (result.IsDone, result.Relay).ShouldBe((true, "another"));
        _call.Since().ShouldBe(
        [
            "Lc0 call@h 10.2.2.2 7000 ft;1 tt;1",
            "Uc0 call@h 10.1.1.1 5004 ft;1 tt;1",
            "Lc0 call@h 10.2.2.2 7000 ft;1 tt;1",
        ]);
        await _call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000));
        await _call.ReplyAsync(488, 2);
        _call.Since()[^1].ShouldBe("Uc0 call@h 10.1.1.1 5004 ft;1 tt;1");
    }

    [Fact]
    public async Task The_least_recent_calls_are_forgotten_and_huge_ones_are_not_remembered()
    {
        var call = new Conversation(new AgreedMedia { MaxLegs = 4 });
        for (int i = 0; i < 10; i++)
        {
            await call.EstablishAsync(callId: $"call-{i}@h");
        }

        call.Memory.CallCount.ShouldBe(2);
        await call.RequestAsync("INVITE", 1, Sdp.Audio("10.1.1.1", 5004, string.Join(' ', Enumerable.Repeat("96", 1000))), to: null, callId: "huge@h");
        await call.RequestAsync("INVITE", 2, Sdp.Audio("10.9.9.9", 6000), callId: "huge@h");
        call.Since();
        await call.ReplyAsync(488, 2, callId: "huge@h");
        call.Since().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_first_offer_that_is_refused_is_deleted_as_ever()
    {
        await _call.RequestAsync("INVITE", 1, Sdp.Audio("10.1.1.1", 5004), to: null);
        await _call.ReplyAsync(486, 1, inDialog: false);
        _call.Since().ShouldBe(["Uc0 call@h 10.1.1.1 5004 ft;1", "D call@h ft tt"]);
        _call.Memory.CallCount.ShouldBe(0);
    }

    private static class Sdp
    {
        public static string Audio(string address, int port, string formats = "0") =>
            $"v=0\r\no=u 1 1 IN IP4 10.1.1.1\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\n";
    }

    /// <summary>A call as a proxy shows it to the library, message by message.</summary>
    private sealed class Conversation
    {
        private readonly List<TestNode> _nodes = [];
        private readonly CurrentNode _current = new();
        private readonly CallMedia _media;
        private int _seen;

        public Conversation(AgreedMedia? memory = null)
        {
            Memory = memory ?? new AgreedMedia();
            ReplaceNode("node");
            _media = new CallMedia(_current, agreed: Memory);
        }

        public AgreedMedia Memory { get; }

        public Func<string, string> Answer { get; set; } = _ => "35000 127.0.0.5";

        public MediaFlags Flags { get; set; } = MediaFlags.Parse("r");

        public void ReplaceNode(string name)
        {
            _current.Node = new TestNode(name, command => RelayReply.From(Answer(command)));
            _nodes.Add(_current.Node);
        }

        /// <summary>The commands since the last call of this.</summary>
        public string[] Since()
        {
            string[] all = [.. _nodes.SelectMany(node => node.Commands)];
            string[] since = all[_seen..];
            _seen = all.Length;
            return since;
        }

        public async Task EstablishAsync(string offerMore = "", string answerMore = "", string callId = "call@h")
        {
            await RequestAsync("INVITE", 1, Sdp.Audio("10.1.1.1", 5004) + offerMore, to: null, callId: callId);
            await ReplyAsync(200, 1, Sdp.Audio("10.2.2.2", 7000) + (answerMore.Length > 0 ? answerMore : offerMore), inDialog: false, callId: callId);
            await RequestAsync("ACK", 1, null, callId: callId);
            Since();
        }

        public async Task<MediaResult> RequestAsync(
            string method, int cseq, string? sdp, string from = "ft", string? to = "tt", MessageRoute route = MessageRoute.Main, string callId = "call@h")
        {
            SipMessage message = Parse($"{method} sip:bob@h SIP/2.0", method, cseq, sdp, from, to, callId);
            MessageContext context = TestMessages.Context with { Route = route, Transaction = new TransactionFacts(false, to is not null) };
            return await _media.ManageAsync(message, context, Flags, cancellationToken: TestContext.Current.CancellationToken);
        }

        public async Task<MediaResult> ReplyAsync(
            int status,
            int cseq,
            string? sdp = null,
            string method = "INVITE",
            string from = "ft",
            string? to = "tt",
            bool hadSdp = true,
            bool inDialog = true,
            string callId = "call@h")
        {
            SipMessage message = Parse($"SIP/2.0 {status} Whatever", method, cseq, sdp, from, to, callId);
            MessageContext context = TestMessages.Context with { Transaction = new TransactionFacts(hadSdp, inDialog) };
            return await _media.ManageAsync(message, context, Flags, cancellationToken: TestContext.Current.CancellationToken);
        }

        private static SipMessage Parse(string start, string method, int cseq, string? sdp, string from, string? to, string callId)
        {
            string text = $"{start}\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK{cseq}{method}\r\nFrom: <sip:a@h>;tag={from}\r\n"
                + $"To: <sip:b@h>{(to is null ? "" : ";tag=" + to)}\r\nCall-ID: {callId}\r\nCSeq: {cseq} {method}\r\n"
                + $"{(sdp is null ? "" : "Content-Type: application/sdp\r\n")}Content-Length: {sdp?.Length ?? 0}\r\n\r\n{sdp}";
            SipMessage.TryParse(text, out SipMessage message, out ParseError error).ShouldBeTrue(error.ToString());
            return message;
        }

        private sealed class CurrentNode : IRelaySelector
        {
            public TestNode? Node { get; set; }

            public bool HasSet(int set) => true;

            public ValueTask<IRelay?> SelectAsync(string callId, int set, CancellationToken cancellationToken) => ValueTask.FromResult<IRelay?>(Node);
        }
    }
}
