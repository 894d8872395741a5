using RtpProxy.Relay.Calls;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>A controller that changes from ng to RTPproxy's protocol goes on with its calls: what that says counts for the whole call (docs/ng.md, both protocols on one call).</summary>
public sealed class CallsOfBothProtocols
{
    private static readonly Endpoint Nowhere = Call.At("0.0.0.0", Alice.Port);

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;

    public CallsOfBothProtocols() => _call = new WholeCall(_relay);

    [Fact]
    public void A_party_that_was_held_over_ng_hears_again()
    {
        (int forBob, _) = _call.SetUp();
        _call.Offer("a", "b", Audio(Nowhere));
        _call.Answer("a", "b", Audio(Bob));
        _call.Send(Bob, forBob, 1).IsKnown.ShouldBeFalse();

        _relay.Command("U call 0.0.0.0 40000 a;1 b;1"); // that stops nothing there, and lets nothing go
        _relay.Command("L call 198.51.100.20 50000 a;1 b;1");
        _call.Send(Bob, forBob, 2).IsKnown.ShouldBeFalse();

        _relay.Command("U call 192.0.2.10 40000 a;1 b;1");
        _call.Send(Bob, forBob, 2).ShouldBe(Alice);
        _relay.Command("L call 198.51.100.20 50000 a;1 b;1");
        _call.Send(Bob, forBob, 3).ShouldBe(Alice);
    }

    [Fact]
    public void One_that_answers_too()
    {
        (_, int forAlice) = _call.SetUp();
        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Nowhere));
        _call.Send(Alice, forAlice, 1).IsKnown.ShouldBeFalse();

        _relay.Command("U call 192.0.2.10 40000 a;1 b;1");
        _relay.Command("L call 198.51.100.20 50000 a;1 b;1");

        _call.Send(Alice, forAlice, 2).ShouldBe(Bob);
    }

    [Theory]
    [InlineData("U call 192.0.2.10 40010 a;1 b;1", "L call 198.51.100.20 50000 a;1 b;1")]
    [InlineData("U call 192.0.2.10 40010 a;1 b;1 && L 198.51.100.20 50000", null)]
    public void Its_offer_replaces_one_of_ng_that_nobody_answered(string offer, string? answer)
    {
        (int forBob, _) = _call.SetUp();
        _call.Offer("a", "b", Audio(Alice.WithPort(45_000)));

        _relay.Command(offer);
        _relay.Command(answer ?? "V");

        _call.Send(Bob, forBob, 1).ShouldBe(Alice.WithPort(40_010));
        _call.Answer("a", "b", Audio(Bob)); // late
        _call.Send(Bob, forBob, 2).ShouldBe(Alice.WithPort(40_010));
    }

    [Fact]
    public void An_answer_behind_the_offer_takes_what_waits_too()
    {
        (int forBob, int forAlice) = _call.SetUp();
        _call.Offer("a", "b", Audio(Alice), Video(Alice.WithPort(40_002)));

        _relay.Command("U call 192.0.2.10 40000 a;1 b;1 && L 203.0.113.30 30000");

        _call.Send(Alice, forAlice, 1).ShouldBe(Carol);
        _call.Send(Alice, forBob, 1).IsKnown.ShouldBeFalse();
        _call.Query()!.Facts.Associations.ShouldHaveSingleItem().Pending.ShouldBeNull();
        _call.Query()!.Facts.Parties[1].Media[0].Rtp.ShouldBe(Carol);
    }

    [Fact]
    public void Its_offer_takes_a_deletion_back_that_was_put_off()
    {
        _call.SetUp();
        _call.Delete("a", delaySeconds: 3);

        _relay.Command("U call 192.0.2.10 40000 a;1 b;1");
        _relay.AdvanceSeconds(10);

        _relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void What_it_holds_and_lets_go_may_be_silent_for_as_long_as_over_ng()
    {
        _call.SetUp();
        _call.Offer("a", "b", Audio(Alice, LineDirection.SendOnly));
        _call.Answer("a", "b", Audio(Bob, LineDirection.ReceiveOnly));
        Patience().ShouldBe(3600);

        _relay.Command("U call 192.0.2.10 40000 a;1 b;1");
        _relay.Command("L call 198.51.100.20 50000 a;1 b;1");
        Patience().ShouldBe(60);

        _relay.Command("U call 0.0.0.0 40000 a;1 b;1");
        _relay.Command("L call 198.51.100.20 50000 a;1 b;1");
        Patience().ShouldBe(3600);
    }

    [Fact]
    public void A_limit_that_it_set_stays_while_nothing_is_held_or_let_go()
    {
        _call.SetUp();
        _relay.Command("U call 192.0.2.10 40000 a;1 b;1 && S ttl=300");

        _relay.Command("U call 192.0.2.10 40002 a;1 b;1");
        _relay.Command("L call 198.51.100.20 50000 a;1 b;1");

        Patience().ShouldBe(300);
    }

    [Fact]
    public void Where_a_party_is_now_and_when_that_was_said_is_told_over_ng()
    {
        _call.SetUp();
        _relay.AdvanceSeconds(5);

        _relay.Command("U call 192.0.2.10 40010 a;1 b;1");
        _relay.Command("L call 203.0.113.30 30000 a;1 c;1");

        CallReport report = _call.Query()!;
        report.Facts.SignalledAt.ShouldBe(_relay.WallMicroseconds);
        report.Facts.Parties.Select(party => party.Tag).ShouldBe(["a", "c"]);
        report.Facts.Parties.Select(party => party.Media[0].Rtp).ShouldBe([Alice.WithPort(40_010), Carol]);
        report.Facts.Parties[0].Media[0].Type.ShouldBe("audio");
    }

    [Fact]
    public void Who_answers_again_has_the_name_that_it_answers_with()
    {
        _call.SetUp();
        _relay.Command("L call 203.0.113.30 30000 a;1 c;1");
        _relay.Command("L call 198.51.100.20 50000 a;1 b;1");

        CallParty party = _call.Query()!.Facts.Parties[1];
        party.Tag.ShouldBe("b");
        party.IsCalled("c").ShouldBeTrue();
    }

    [Fact]
    public void Of_branches_it_means_the_one_that_talks()
    {
        (int forBob, int forCarol, int forAlice) = Fork();

        _relay.Port("U call 192.0.2.10 40010 a;1 c;1").ShouldBe(forCarol);
        _relay.Port("L call 203.0.113.30 30010 a;1 c;1").ShouldBe(forAlice);
        _relay.Port("U call 192.0.2.10 40012 a;1").ShouldBe(forCarol);
        _relay.Port("U call 203.0.113.30 30012 c;1 a;1").ShouldBe(forAlice);

        _call.Send(Alice.WithPort(40_012), forAlice, 1).ShouldBe(Carol.WithPort(30_012));
        _call.Send(Carol.WithPort(30_012), forCarol, 1).ShouldBe(Alice.WithPort(40_012));
        _call.Send(Bob, forBob, 1).IsKnown.ShouldBeFalse();
        _relay.Command("Q call a;1 c;1").ShouldEndWith(" 1 1 2 0");
    }

    [Fact]
    public void A_branch_that_answers_again_is_connected_at_the_port_that_the_caller_knows()
    {
        (int forBob, int forCarol, int forAlice) = Fork();

        _relay.Port("L call 198.51.100.20 50000 a;1 b;1").ShouldBe(forAlice);

        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
        _call.Send(Carol, forCarol, 1).IsKnown.ShouldBeFalse();
        _relay.Command("D call a b").ShouldBe("0");
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    /// <summary>Bob answers first, then Carol, who talks.</summary>
    private (int ForBob, int ForCarol, int ForAlice) Fork()
    {
        int forBob = _call.Offer(_call.Request("a", null, Audio(Alice)) with { ViaBranch = "1" }).Port();
        int forCarol = _call.Offer(_call.Request("a", null, Audio(Alice)) with { ViaBranch = "2" }).Port();
        int forAlice = _call.Answer(_call.Request("a", "b", Audio(Bob)) with { ViaBranch = "1" }).Port();
        _call.Answer(_call.Request("a", "c", Audio(Carol)) with { ViaBranch = "2" }).Port().ShouldBe(forAlice);
        return (forBob, forCarol, forAlice);
    }

    private int Patience() => int.Parse(_relay.Command("Q call a;1 b;1").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
