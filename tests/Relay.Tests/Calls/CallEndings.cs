using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>How calls end: by command, by and by, of silence (ng protocol).</summary>
public sealed class CallEndings
{
    private const int Ttl = 10;
    private const int SilentTtl = 100;

    // What ended lately is remembered by the worker, and by no other process.
    private readonly VirtualRelay _relay = new(new VirtualRelayOptions
    {
        Relay = new RelayOptions { TtlSeconds = Ttl, SilentTtlSeconds = SilentTtl },
        RestartsAfterEveryStep = false,
    });

    private readonly WholeCall _call;

    public CallEndings() => _call = new WholeCall(_relay);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("b")]
    public void Whoever_hangs_up_ends_it(string? tag)
    {
        _call.SetUp();

        _call.Delete(tag).Report.ShouldNotBeNull().Lines.ShouldHaveSingleItem();
        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void Its_figures_are_remembered_when_RTPproxys_protocol_ends_it_too()
    {
        (_, int forAlice) = _call.SetUp();
        _call.Send(Alice, forAlice, 1);

        _relay.Command("D call a b").ShouldBe("0");

        _call.Query()!.LineOf(1, 0)!.Caller.Rtp.Received.ShouldBe(1UL);
        _relay.Command("D call a b").ShouldBe("E50");
        _call.Delete().Report.ShouldNotBeNull();
    }

    [Fact]
    public void What_RTPproxys_protocol_made_and_ends_is_not_remembered()
    {
        _relay.Port("U call 192.0.2.10 40000 a");

        _relay.Command("D call a").ShouldBe("0");

        _call.Query().ShouldBeNull();
    }

    [Fact]
    public void A_tag_of_nobody_ends_nothing()
    {
        _call.SetUp();

        _call.Delete("x").Refusal.ShouldBe(Refusal.UnknownParty);
        _relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void Who_gives_up_before_an_answer_ends_it()
    {
        _call.Offer("a", null, Audio(Alice));

        _call.Delete("a", "b").Refusal.ShouldBe(Refusal.None);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Its_figures_are_remembered_for_a_while()
    {
        (int _, int forAlice) = _call.SetUp();
        _call.Send(Alice, forAlice, 1);
        _call.Delete("a");

        _call.Delete("a").Report.ShouldNotBeNull().Lines[0].Caller.Rtp.Received.ShouldBe(1UL);
        _relay.AdvanceSeconds(29);
        _call.Query().ShouldNotBeNull();
        _relay.AdvanceSeconds(3);
        _call.Query().ShouldBeNull();
        _call.Delete("a").Refusal.ShouldBe(Refusal.UnknownCall);
    }

    [Fact]
    public void The_same_call_may_begin_anew_while_they_are_remembered()
    {
        (int _, int forAlice) = _call.SetUp();
        _call.Send(Alice, forAlice, 1);
        _call.Delete("a");

        _call.SetUp();

        _call.Query()!.LineOf(1, 0)!.Caller.Rtp.Received.ShouldBe(0UL);
        _call.Delete("a").Report.ShouldNotBeNull().Lines[0].Caller.Rtp.Received.ShouldBe(0UL);
    }

    [Fact]
    public void A_deletion_that_was_put_off_leaves_all_as_it_is_until_then()
    {
        (int _, int forAlice) = _call.SetUp();
        _call.Delete("a", delaySeconds: 5).Refusal.ShouldBe(Refusal.None);

        _relay.AdvanceSeconds(4);
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _relay.AdvanceSeconds(3);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void An_offer_takes_it_back()
    {
        _call.SetUp();
        _call.Delete("a", delaySeconds: 5);
        _call.Offer("a", "b", Audio(Alice));

        _relay.AdvanceSeconds(8);
        _relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void One_line_that_talks_keeps_the_silent_ones()
    {
        _call.Offer("a", null, Audio(Alice), Video(Alice.WithPort(41_000)));
        int forAlice = _call.Answer("a", "b", Audio(Bob), Video(Bob.WithPort(51_000))).Port();

        for (int second = 0; second < 3 * Ttl; second++)
        {
            _relay.AdvanceSeconds(1);
            _call.Send(Alice, forAlice, second);
        }

        _relay.SessionCount.ShouldBe(2);
        _relay.AdvanceSeconds(Ttl + 2);
        _relay.SessionCount.ShouldBe(0, "all lines end when the last one is silent");
    }

    [Fact]
    public void A_call_on_hold_may_be_silent_for_longer()
    {
        _call.SetUp();
        _call.Offer("a", "b", Audio(Alice, LineDirection.SendOnly));
        _call.Answer("a", "b", Audio(Bob, LineDirection.ReceiveOnly));

        _relay.AdvanceSeconds(Ttl + 5);
        _relay.SessionCount.ShouldBe(1);

        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Bob));
        _relay.AdvanceSeconds(Ttl + 2);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_call_that_rings_waits_for_its_answer_for_an_hour()
    {
        _call.Offer("a", null, Audio(Alice));

        _relay.AdvanceSeconds(RelayOptions.UsualOfferSeconds - 5);
        _relay.SessionCount.ShouldBe(1);
        _call.Answer("a", "b", Audio(Bob));
        _relay.AdvanceSeconds(Ttl + 2);
        _relay.SessionCount.ShouldBe(0, "once answered it is as every other");

        _call.Offer("a", null, Audio(Alice));
        _relay.AdvanceSeconds(RelayOptions.UsualOfferSeconds + 2);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_branch_that_nobody_answered_does_not_keep_a_call_that_is_silent()
    {
        _call.Offer(_call.Request("a", null, Audio(Alice)) with { ViaBranch = "one" });
        _call.Offer(_call.Request("a", null, Audio(Alice)) with { ViaBranch = "two" });
        _call.Answer(_call.Request("a", "b", Audio(Bob)) with { ViaBranch = "one" });
        _relay.SessionCount.ShouldBe(2);

        _relay.AdvanceSeconds(Ttl + 2);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_call_of_which_nothing_is_relayed_does_not_stay_for_ever()
    {
        _call.Offer("a", null, Audio(Alice.WithPort(0)));
        _call.Query().ShouldNotBeNull();

        _relay.AdvanceSeconds(SilentTtl + 2);
        _call.Query()?.Facts.EndsAt.ShouldBeNull();
        _relay.Ask(_relay.Operations.ListCalls(10)).CallIds.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_put_off_is_put_off_for_the_next_process_too()
    {
        _call.SetUp();
        _call.Delete("a", delaySeconds: 5);
        _relay.Restart();

        _relay.AdvanceSeconds(7);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Many_that_ended_are_forgotten_from_the_oldest_on()
    {
        for (int i = 0; i <= CallReport.MaxRemembered; i++)
        {
            var call = new WholeCall(_relay, $"call{i}");
            call.Offer("a", null, Audio(Alice));
            call.Delete("a");
        }

        new WholeCall(_relay, "call0").Query().ShouldBeNull();
        new WholeCall(_relay, "call1").Query().ShouldNotBeNull();
    }
}
