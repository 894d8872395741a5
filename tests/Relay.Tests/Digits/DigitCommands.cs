using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Digits;

/// <summary>Who is told whose digits (control protocol, section 4.6).</summary>
public sealed class DigitCommands
{
    private readonly DigitCall _call = new();

    [Fact]
    public void The_answer_asks_for_the_digits_of_the_party_that_answers()
    {
        _call.Offer("S ttl=60").ShouldBeTrue();
        _call.Relay.Command($"L call {Text(Bob)} alice bob && M3:1 d").ShouldNotContain("&&");
        _call.FromAlice(1000, code: 1);
        _call.FromAlice(1000, code: 1, isEnd: true);
        _call.FromBob(1000, code: 2);
        _call.FromBob(1000, code: 2, isEnd: true);

        _call.Told.ShouldBe(["d 2 10 160 1\n"]);
    }

    [Fact]
    public void Behind_an_answer_in_the_same_command_the_other_party_is_meant()
    {
        _call.Offer($"M3:1 a && L {Text(Bob)} && M3:1 b").ShouldBeTrue();
        _call.FromAlice(1000, code: 1);
        _call.FromAlice(1000, code: 1, isEnd: true);
        _call.FromBob(1000, code: 2);
        _call.FromBob(1000, code: 2, isEnd: true);

        _call.Told.ShouldBe(["a 1 10 160 0\n", "b 2 10 160 1\n"]);
    }

    [Fact]
    public void A_question_can_ask_for_them_too()
    {
        _call.Offer("S ttl=60").ShouldBeTrue();
        _call.Relay.Command("Q call alice bob ttl && M3:1 d").ShouldBe("60");
        _call.AlicePresses(1000, code: 1);

        _call.Told.ShouldBe(["d 1 10 800 0\n"]);
    }

    [Fact]
    public void Without_somebody_to_be_notified_it_fails_and_what_the_offer_said_stays()
    {
        _call.Relay.Command($"Uz40 call {Text(Alice)} alice bob && M3:1 d && S ttl=5").ShouldEndWith(" && -1");
        _call.AlicePresses(1000, code: 1);

        _call.Told.ShouldBeEmpty();
        _call.Call.Query("ttl").ShouldBe("60");
        _call.Relay.Events.Lines.ShouldContain("call Caller resize 40");
        _call.Relay.Events.Lines.ShouldContain(
            "call left out: a sub-command failed: nobody is permitted to be notified of the session's digits");
    }

    [Theory]
    [InlineData("M3:1"), InlineData("M3:1 t 101 h x"), InlineData("M3:1 t 128"), InlineData("M3:1 t 101 x"), InlineData("M3:1 %4")]
    public void Wrong_arguments_fail_and_what_the_offer_said_stays(string digits)
    {
        _call.Offer($"S ttl=99 && {digits}").ShouldBeFalse();

        _call.Call.Query("ttl").ShouldBe("99");
    }

    [Fact]
    public void Nothing_is_heard_of_a_session_that_was_just_deleted() => _call.Offer("D && M3:1 d").ShouldBeFalse();

    [Fact]
    public void Again_it_changes_type_and_hiding_and_neither_tag_nor_target()
    {
        _call.Offer("M3:1 first").ShouldBeTrue();
        _call.Offer("M3:1 second 96 h", notice: "/run/other sess").ShouldBeTrue();
        _call.AlicePresses(1000, code: 1);
        _call.AlicePresses(2000, code: 2, payloadType: 96);

        _call.Relay.Notices.Posted.ShouldBe([(DigitCall.Target, "first 2 10 800 0\n")]);
    }

    [Fact]
    public void An_offer_that_names_nobody_to_be_notified_leaves_the_digits_to_whom_they_went()
    {
        _call.Offer("M3:1 d").ShouldBeTrue();
        _call.Relay.Command($"U call {Text(Alice)} alice bob && M3:1 d 96").ShouldEndWith(" && -1");
        _call.AlicePresses(1000, code: 1);

        _call.Told.ShouldBe(["d 1 10 800 0\n"]);
    }

    [Fact]
    public void Each_catcher_tells_by_itself()
    {
        var call = new DigitCall(new VirtualRelayOptions { DigitCatchers = 3 });
        call.Offer("M3:1 a && M3:2 b 101 && M3:3 c 96 h").ShouldBeTrue();
        call.AlicePresses(1000, code: 1);
        call.AlicePresses(2000, code: 2, payloadType: 96);

        call.Told.ShouldBe(["a 1 10 800 0\n", "b 1 10 800 0\n", "c 2 10 800 0\n"]);
        call.Events.Count().ShouldBe(2, "a key is an event once, whoever wanted it");
    }

    [Theory]
    [InlineData(0, "M3:1 d"), InlineData(1, "M3:2 d"), InlineData(1, "M3:2 d 200"), InlineData(1, "M3:1 d && M3:2 d")]
    public void A_catcher_that_is_not_there_refuses_the_whole_command(int catchers, string further)
    {
        var call = new DigitCall(new VirtualRelayOptions { DigitCatchers = catchers });
        call.Relay.Command($"U new {Text(Alice)} alice {DigitCall.Target} sess && {further}").ShouldBe("E3");
        call.Relay.Command($"L call {Text(Bob)} alice bob && {further}").ShouldBe("E3");
        call.Relay.Command($"Q call alice bob && {further}").ShouldBe("E3");

        call.Relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void The_errors_of_the_main_command_come_first()
    {
        _call.Relay.Command("U new 192.0.2.1 4000 f n.sock %4 && M3:2 d").ShouldBe("E10");
        _call.Relay.Command("U new 300.1.1.1 4000 f && M3:2 d").ShouldBe("E37");
    }

    [Fact]
    public void With_the_option_the_digits_of_every_party_are_events_and_nobody_is_notified()
    {
        var call = new DigitCall(new VirtualRelayOptions { Relay = new RelayOptions { DigitPayloadType = new PayloadType(96) } });
        call.AlicePresses(1000, code: 11, payloadType: 96);
        call.AlicePresses(2000, code: 1);

        call.Told.ShouldBeEmpty();
        call.Events.ShouldBe(["call Caller pressed '#' 10 800 (96)"]);

        call.Offer("M3:1 d").ShouldBeTrue();
        call.AlicePresses(3000, code: 1);
        call.AlicePresses(4000, code: 2, payloadType: 96);
        call.Told.ShouldBe(["d 1 10 800 0\n"]);
        call.Events.Count().ShouldBe(3);
    }

    [Fact]
    public void Tags_are_bytes()
    {
        _call.Offer("M3:1 %00%FF%0a").ShouldBeTrue();
        _call.AlicePresses(1000, code: 1);

        _call.Told.ShouldBe(["\0\xff\n 1 10 800 0\n"]);
    }
}
