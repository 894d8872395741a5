using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Calls that are offered and answered whole (ng protocol).</summary>
public sealed class WholeCalls
{
    private readonly VirtualRelay _relay = new(new RelayOptions { TtlSeconds = 60 });
    private readonly WholeCall _call;

    public WholeCalls() => _call = new WholeCall(_relay);

    [Fact]
    public void Media_flows_between_the_ports_that_both_were_told()
    {
        (int forBob, int forAlice) = _call.SetUp();

        forBob.ShouldNotBe(forAlice);
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
        _relay.Receive(Alice.WithPort(40_001), forAlice + 1, RtpBytes.ReceiverReport()).ShouldHaveSingleItem().To.Port.ShouldBe((ushort)50_001);
    }

    [Fact]
    public void Every_line_has_a_session_of_its_own_that_the_other_protocol_sees_too()
    {
        CallOfferOperation offer = _call.Offer("a", null, Audio(Alice), Video(Alice.WithPort(41_000)));
        CallAnswerOperation answer = _call.Answer("a", "b", Audio(Bob), Video(Bob.WithPort(51_000)));

        offer.Ports.Length.ShouldBe(2);
        _call.Send(Alice.WithPort(41_000), answer.Port(1), 1).ShouldBe(Bob.WithPort(51_000));
        _relay.SessionCount.ShouldBe(2);
        _relay.Command("Q call a;2 b;2").ShouldBe("60 1 0 1 0");
        _relay.Command("D call a b").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0);
        _relay.Ask(_relay.Operations.Statistics()).Calls.ShouldBe(0, "a call goes with its last media line");
    }

    [Fact]
    public void A_second_offer_of_the_same_gets_the_same_ports()
    {
        int first = _call.Offer("a", null, Audio(Alice)).Port();

        _call.Offer("a", null, Audio(Alice)).Port().ShouldBe(first);
        _call.Offer("a", "b", Audio(Alice)).Port().ShouldBe(first);
        _relay.SessionCount.ShouldBe(1);
        _relay.Ports.OpenPairs.ShouldBe(2);
    }

    [Fact]
    public void What_a_re_offer_says_counts_when_it_is_answered()
    {
        (int forBob, int forAlice) = _call.SetUp();
        _call.Send(Alice, forAlice, 1);
        var moved = Alice.WithPort(44_000);

        _call.Offer("a", "b", Audio(moved)).Port().ShouldBe(forBob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice, "nobody has answered yet");

        _call.Answer("a", "b", Audio(Bob)).Port().ShouldBe(forAlice);
        _call.Send(Bob, forBob, 2).ShouldBe(moved);
    }

    [Fact]
    public void A_re_offer_that_nobody_answers_changes_nothing()
    {
        (int forBob, int forAlice) = _call.SetUp();
        _call.Offer("a", "b", Audio(Alice.WithPort(44_000)));
        _call.Offer("b", "a", Audio(Bob));

        _call.Answer("b", "a", Audio(Alice)).Port().ShouldBe(forBob);
        _call.Send(Bob, forBob, 2).ShouldBe(Alice);
        _call.Send(Alice, forAlice, 2).ShouldBe(Bob);
    }

    [Fact]
    public void Of_two_offers_that_cross_the_first_may_be_answered_too()
    {
        (int forBob, int forAlice) = _call.SetUp();
        var moved = Alice.WithPort(44_000);
        _call.Offer("a", "b", Audio(moved), Video(moved.WithPort(44_002)));
        _call.Offer("b", "a", Audio(Bob.WithPort(55_000)));

        CallAnswerOperation answer = _call.Answer("a", "b", Audio(Bob), Video(Bob.WithPort(55_002)));

        answer.Port().ShouldBe(forAlice);
        answer.OtherMedia.Length.ShouldBe(2);
        _call.Send(Bob, forBob, 1).ShouldBe(moved);
    }

    [Fact]
    public void A_re_offer_of_the_callee_is_told_the_port_that_the_caller_knows()
    {
        (int forBob, int forAlice) = _call.SetUp();

        _call.Offer("b", "a", Audio(Bob.WithPort(55_000))).Port().ShouldBe(forAlice);
        _call.Answer("b", "a", Audio(Alice)).Port().ShouldBe(forBob);

        _call.Send(Alice, forAlice, 1).ShouldBe(Bob.WithPort(55_000));
    }

    [Fact]
    public void A_line_that_is_added_gets_ports_and_the_others_keep_theirs()
    {
        (int forBob, int forAlice) = _call.SetUp();

        CallOfferOperation offer = _call.Offer("a", "b", Audio(Alice), Video(Alice.WithPort(41_000)));
        CallAnswerOperation answer = _call.Answer("a", "b", Audio(Bob), Video(Bob.WithPort(51_000)));

        offer.Port().ShouldBe(forBob);
        answer.Port().ShouldBe(forAlice);
        _call.Send(Alice.WithPort(41_000), answer.Port(1), 1).ShouldBe(Bob.WithPort(51_000));
    }

    [Fact]
    public void A_line_that_is_rejected_and_offered_again_has_the_same_port()
    {
        CallOfferOperation first = _call.Offer("a", null, Audio(Alice), Video(Alice.WithPort(41_000)));
        _call.Answer("a", "b", Audio(Bob), Video(Bob.WithPort(0)));
        _call.Send(Alice.WithPort(41_000), first.Port(1) - 2, 1); // to nobody

        _call.Offer("a", "b", Audio(Alice), Video(Alice.WithPort(41_000))).Port(1).ShouldBe(first.Port(1));
    }

    [Fact]
    public void A_line_that_was_never_relayed_has_no_port()
    {
        MediaDescription chat = new("message", "TCP/MSRP", MediaKind.Unrelayed, Alice, default, LineDirection.SendReceive, "*", -1);

        CallOfferOperation offer = _call.Offer("a", null, chat, Audio(Alice));

        offer.Ports[0].ShouldBeNull();
        offer.Port(1).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Nothing_is_sent_to_a_party_that_shows_the_unspecified_address()
    {
        (int forBob, int forAlice) = _call.SetUp();
        _call.Send(Alice, forAlice, 1);
        _call.Send(Bob, forBob, 1);

        _call.Offer("a", "b", Audio(Call.At("0.0.0.0", 40_000)));
        _call.Answer("a", "b", Audio(Bob));
        _call.Send(Bob, forBob, 2).IsKnown.ShouldBeFalse();
        _call.Send(Alice, forAlice, 2).ShouldBe(Bob, "music for who waits");

        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Bob));
        _call.Send(Bob, forBob, 3).ShouldBe(Alice);
    }

    [Fact]
    public void A_fax_is_relayed_and_not_looked_into()
    {
        (int forBob, int forAlice) = _call.SetUp();
        _call.Offer("b", "a", Fax(Bob)).Port().ShouldBe(forAlice);
        _call.Answer("b", "a", Fax(Alice)).Port().ShouldBe(forBob);

        _relay.Receive(Alice, forAlice, [0, 1, 2, 3, 4, 5]).ShouldHaveSingleItem().To.ShouldBe(Bob);
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob, "it may look like RTP");

        LineReport line = _call.Query()!.Lines.ShouldHaveSingleItem();
        line.Session.Caller.Reception.Expected.ShouldBe(0u);
        line.Session.Caller.Reception.NotRtp.ShouldBe(0u);
        line.Caller.Rtp.Received.ShouldBe(2UL);
    }

    [Fact]
    public void RTCP_goes_where_it_is_told()
    {
        _call.Offer("a", null, Audio(Alice) with { Rtcp = Alice.WithPort(45_555) });
        _call.Answer("a", "b", Audio(Bob));

        int forBob = _call.Query()!.Lines[0].Session.Callee.Port;
        _relay.Receive(Bob.WithPort(50_001), forBob + 1, RtpBytes.ReceiverReport()).ShouldHaveSingleItem().To
            .ShouldBe(Alice.WithPort(45_555));
    }

    [Fact]
    public void All_media_get_their_ports_or_none_does()
    {
        _relay.Ports.PairLimit = 3;

        CallOfferOperation offer = _relay.Ask(_relay.Operations.OfferCall(
            _call.Request("a", null, Audio(Alice), Video(Alice.WithPort(41_000)))));

        offer.Refusal.ShouldBe(Refusal.NoSessionPorts);
        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
        _call.Query().ShouldBeNull();
    }

    [Fact]
    public void A_line_that_finds_no_ports_leaves_the_call_as_it_was()
    {
        (int forBob, int forAlice) = _call.SetUp();
        int open = _relay.Ports.OpenPairs;
        _relay.Ports.PairLimit = 3;

        CallOfferOperation offer = _relay.Ask(_relay.Operations.OfferCall(
            _call.Request("a", "b", Audio(Alice), Video(Alice.WithPort(41_000)))));

        offer.Refusal.ShouldBe(Refusal.NoLegPorts);
        _relay.Ports.OpenPairs.ShouldBe(open);
        _call.Query()!.Facts.Associations.ShouldHaveSingleItem().Pending.ShouldBeNull();
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void Who_answers_must_answer_somebody_else()
    {
        _relay.Ask(_relay.Operations.AnswerCall(_call.Request("a", "b", Audio(Bob)))).Refusal.ShouldBe(Refusal.UnknownCall);
        _call.Offer("a", null, Audio(Alice));

        _relay.Ask(_relay.Operations.AnswerCall(_call.Request("x", "b", Audio(Bob)))).Refusal.ShouldBe(Refusal.UnknownParty);
        _relay.Ask(_relay.Operations.AnswerCall(_call.Request("a", "a", Audio(Bob)))).Refusal.ShouldBe(Refusal.OwnAnswer);
        _call.Answer("a", "b", Audio(Bob)).Port().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_the_front_keeps_of_a_party_comes_back_to_who_speaks_to_it()
    {
        _call.Offer(_call.Request("a", null, Audio(Alice)) with { Memo = [1, 2] });
        CallAnswerOperation answer = _call.Answer(_call.Request("a", "b", Audio(Bob)) with { Memo = [3] });

        answer.OtherMemo.ShouldBe([1, 2]);
        _call.Answer(_call.Request("a", "b", Audio(Bob)) with { Memo = [4] }).OtherMemo.ShouldBe([1, 2]);
        _call.Offer("a", "b", Audio(Alice)).OtherMemo.ShouldBe([4]);
    }

    [Fact]
    public void An_answer_that_does_not_fit_changes_nothing()
    {
        _call.Offer(_call.Request("a", null, Audio(Alice)) with { Memo = [7] });
        CallRequest answer = _call.Request("a", "b", Audio(Bob)) with { Fits = memo => memo is not [7] };

        _relay.Ask(_relay.Operations.AnswerCall(answer)).Refusal.ShouldBe(Refusal.NotWanted);
        _call.Query()!.Facts.Associations[0].IsAnswered.ShouldBeFalse();
        _call.Query()!.Facts.Parties[1].Tag.ShouldBeNull();
    }

    [Fact]
    public void A_call_is_listed_from_its_first_offer_on()
    {
        _call.SetUp();
        _relay.AdvanceSeconds(1);
        new WholeCall(_relay, "later").SetUp();

        _relay.Ask(_relay.Operations.ListCalls(10)).CallIds.ShouldBe(["call", "later"]);
        _relay.Ask(_relay.Operations.ListCalls(1)).CallIds.ShouldBe(["call"]);
        _relay.Ask(_relay.Operations.ListCalls(0)).CallIds.ShouldBeEmpty();
    }

    [Fact]
    public void Where_there_are_as_many_sessions_as_permitted_no_call_begins_and_the_others_go_on()
    {
        var relay = new VirtualRelay(new RelayOptions { MaxSessions = 2 }, workers: 3);
        var call = new WholeCall(relay, "call");
        call.SetUp();
        relay.Port("U other 192.0.2.1 4000 f").ShouldBeGreaterThan(0);

        Offer("new").ShouldBe(Refusal.TooManySessions);
        relay.Ask(relay.Operations.QueryCall("new")).Refusal.ShouldBe(Refusal.UnknownCall);
        relay.Command("U another 192.0.2.1 4000 f").ShouldBe("E98");
        call.Offer("a", "b", Audio(Alice)).Port().ShouldBeGreaterThan(0);
        relay.Port("U other 192.0.2.1 4002 f").ShouldBeGreaterThan(0);
        relay.SessionCount.ShouldBe(2);

        relay.Command("D other f").ShouldBe("0");
        Offer("new").ShouldBe(Refusal.None);

        Refusal Offer(string id) =>
            relay.Ask(relay.Operations.OfferCall(new WholeCall(relay, id).Request("a", null, Audio(Alice)))).Refusal;
    }

    [Theory]
    [InlineData(Refusal.TooMuchLoad)]
    [InlineData(Refusal.TooMuchCpu)]
    [InlineData(Refusal.TooMuchBandwidth)]
    public void Where_the_machine_is_too_busy_no_call_begins_and_the_others_go_on(Refusal overload)
    {
        _call.SetUp();
        _relay.Operations.Overload = overload;

        Offer().ShouldBe(overload);
        _relay.Command("U another 192.0.2.1 4000 f").ShouldBe("E98");
        _call.Offer("a", "b", Audio(Alice)).Port().ShouldBeGreaterThan(0);

        _relay.Operations.Overload = Refusal.None;
        Offer().ShouldBe(Refusal.None);

        Refusal Offer() => _relay.Ask(_relay.Operations.OfferCall(new WholeCall(_relay, "new").Request("a", null, Audio(Alice)))).Refusal;
    }

    [Fact]
    public void A_draining_relay_takes_no_new_call_and_goes_on_with_the_others()
    {
        _call.SetUp();
        _relay.Operations.BeginDrain();

        _relay.Ask(_relay.Operations.OfferCall(new WholeCall(_relay, "new").Request("a", null, Audio(Alice)))).Refusal
            .ShouldBe(Refusal.Draining);
        _call.Offer("a", "b", Audio(Alice)).Port().ShouldBeGreaterThan(0);
    }
}
