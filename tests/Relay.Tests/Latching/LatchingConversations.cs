using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>Whose media is taken and where it is sent: honest phones behind all kinds of NATs, and intruders.</summary>
public sealed class LatchingConversations
{
    private readonly VirtualRelay _relay = new();

    [Fact]
    public void Media_flows_to_signalled_addresses_before_anybody_was_heard()
    {
        var call = new Call(_relay);

        call.AliceSpeaks(1).ShouldBe(Bob);
        call.BobSpeaks(1).ShouldBe(Alice);
    }

    [Fact]
    public void A_phone_behind_a_NAT_is_answered_where_it_sends_from()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_234);

        call.FromAlice(natted, RtpBytes.Rtp(1)).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(natted);
    }

    [Fact]
    public void The_worked_example_of_the_media_rules_holds()
    {
        // Media rules, section 2.7: all on one host, so another port is the usual NAT.
        var call = new Call(_relay);
        Endpoint other = Alice.WithPort(45_124);
        Endpoint third = Alice.WithPort(45_999);

        call.FromAlice(other, RtpBytes.Rtp(10)).ShouldBe(Bob);
        call.FromAlice(Alice, RtpBytes.Rtp(11)).ShouldBe(Bob);
        call.FromAlice(other, RtpBytes.Rtp(9)).ShouldBeNull("older than the stream");
        call.FromAlice(other, RtpBytes.Rtp(547)).ShouldBe(Bob, "11 + 536 still carries it on");
        call.FromAlice(third, RtpBytes.Rtp(1084)).ShouldBeNull("537 ahead does not");
        call.FromAlice(third, RtpBytes.Rtp(548, ssrc: 99)).ShouldBeNull("another SSRC");
        call.FromAlice(third, new byte[32]).ShouldBeNull("not even RTP");

        call.Query("npkts_ina nrelayed ndropped").ShouldBe("3 3 0");
        _relay.Command("G npkts_rcvd npkts_discard").ShouldBe("7 4");
    }

    [Fact]
    public void A_phone_that_moves_to_another_port_keeps_its_media()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);

        call.FromAlice(Alice.WithPort(40_002), RtpBytes.Rtp(2)).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(Alice.WithPort(40_002));
    }

    [Fact]
    public void A_phone_that_moves_to_another_network_keeps_its_media()
    {
        var call = new Call(_relay);
        for (int i = 1; i <= 50; i++)
        {
            call.AliceSpeaks(i).ShouldBe(Bob);
            _relay.AdvanceSeconds(0.020);
        }

        _relay.Advance(LatchTimes.Alive);
        Endpoint elsewhere = At("198.18.7.7", 7_777);

        call.FromAlice(elsewhere, RtpBytes.Rtp(61)).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(elsewhere);
    }

    [Fact]
    public void A_move_follows_the_sequence_across_its_wrap()
    {
        var call = new Call(_relay);
        call.FromAlice(Alice, RtpBytes.Rtp(65_535, timestamp: uint.MaxValue - 80));

        call.FromAlice(Alice.WithPort(40_002), RtpBytes.Rtp(0, timestamp: 79)).ShouldBe(Bob);
    }

    [Fact]
    public void A_late_packet_from_the_old_place_does_not_move_the_stream_back()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(1));
        call.FromAlice(natted, RtpBytes.Rtp(3));
        call.FromAlice(natted.WithPort(1_001), RtpBytes.Rtp(4)).ShouldBe(Bob);

        call.FromAlice(natted, RtpBytes.Rtp(2)).ShouldBeNull();

        call.BobSpeaks(1).ShouldBe(natted.WithPort(1_001));
    }

    [Fact]
    public void A_stranger_does_not_take_over_a_latched_stream()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);

        call.FromAlice(Mallory, RtpBytes.Rtp(2, ssrc: 666)).ShouldBeNull();

        call.BobSpeaks(1).ShouldBe(Alice);
        call.AliceSpeaks(2).ShouldBe(Bob);
        _relay.Workers[0].Statistics.Dropped(DropReason.UnknownSource).ShouldBe(1UL);
    }

    [Fact]
    public void A_stranger_who_knows_SSRC_and_sequence_does_not_replace_a_party_that_is_heard_where_it_was_signalled()
    {
        var call = new Call(_relay);
        for (int i = 1; i < 50; i++)
        {
            call.AliceSpeaks(i).ShouldBe(Bob);
            _relay.AdvanceSeconds(0.010);
            call.FromAlice(Mallory, RtpBytes.Rtp(i + 1)).ShouldBeNull();
            _relay.AdvanceSeconds(0.010);
        }

        call.BobSpeaks(1).ShouldBe(Alice);
    }

    [Fact]
    public void A_replayed_packet_of_the_party_moves_nothing()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(100));
        _relay.AdvanceSeconds(5);

        call.FromAlice(Mallory, RtpBytes.Rtp(100)).ShouldBeNull("the same sequence number does not carry on");

        call.BobSpeaks(1).ShouldBe(natted);
    }

    [Theory]
    [InlineData("U")]
    [InlineData("L")]
    public void A_repeated_command_opens_no_window_for_intruders(string letter)
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        call.BobSpeaks(1);

        _relay.Command(letter == "U"
            ? $"U call {Alice.ToIPAddress()} {Alice.Port} alice"
            : $"L call {Bob.ToIPAddress()} {Bob.Port} alice bob");

        for (int i = 0; i < 10; i++)
        {
            call.FromAlice(Mallory, RtpBytes.Rtp(1 + i, ssrc: 666)).ShouldBeNull();
            call.FromBob(Mallory, RtpBytes.Rtp(1 + i, ssrc: 666)).ShouldBeNull();
            _relay.AdvanceSeconds(1);
        }

        call.AliceSpeaks(2).ShouldBe(Bob);
        call.BobSpeaks(2).ShouldBe(Alice);
    }

    [Fact]
    public void A_new_address_takes_the_media_at_once_and_lets_nobody_else_in()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        Endpoint moved = At("192.0.2.77", 41_000);
        _relay.Command($"U call {moved.ToIPAddress()} {moved.Port} alice");

        call.BobSpeaks(1).ShouldBe(moved);
        call.FromAlice(Mallory, RtpBytes.Rtp(2, ssrc: 666)).ShouldBeNull();
        call.FromAlice(moved, RtpBytes.Rtp(5_000, ssrc: 12)).ShouldBe(Bob);
        call.FromAlice(Mallory, RtpBytes.Rtp(3, ssrc: 666)).ShouldBeNull();

        call.BobSpeaks(2).ShouldBe(moved);
    }

    [Fact]
    public void A_description_that_is_not_where_the_party_is_gives_way_to_the_party()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        _relay.Command("U call 10.0.0.1 4000 alice");
        for (int i = 2; i < 120; i++)
        {
            call.AliceSpeaks(i).ShouldBe(Bob, "the old source goes on");
            _relay.AdvanceSeconds(0.020);
        }

        call.BobSpeaks(1).ShouldBe(Alice);
    }

    [Fact]
    public void The_signalled_party_displaces_an_intruder_who_came_first()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666)).ShouldBe(Bob, "she may be anywhere");

        call.AliceSpeaks(900).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(Home);
        call.FromAlice(Mallory, RtpBytes.Rtp(2, ssrc: 666)).ShouldBeNull();
        _relay.Events.Lines.ShouldContain($"call Caller Rtp displaced {Mallory}");
    }

    [Fact]
    public void A_phone_behind_a_NAT_that_speaks_RTP_displaces_a_stranger_who_does_not()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(Mallory, [1, 2, 3]);

        call.FromAlice(natted, RtpBytes.Rtp(1)).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(natted);
    }

    [Fact]
    public void A_NAT_binding_that_expired_during_hold_is_replaced()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(1));
        _relay.Advance(LatchTimes.Forgotten);

        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666)).ShouldBeNull();
        call.FromAlice(natted.WithPort(2_000), RtpBytes.Rtp(60_000, ssrc: 55)).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(natted.WithPort(2_000));
    }

    [Fact]
    public void A_callee_that_changes_behind_a_NAT_after_early_media_is_heard_when_the_first_one_is_silent()
    {
        var call = new Call(_relay);
        call.BobSpeaks(1);
        _relay.Command("L call 10.1.1.1 6000 alice bob");
        Endpoint natted = At("198.18.9.9", 9_000);

        _relay.AdvanceSeconds(0.5);
        for (int i = 1; i <= 4; i++)
        {
            call.FromBob(natted, RtpBytes.Rtp(i, ssrc: 77)).ShouldBeNull("anybody could send a few packets");
            _relay.AdvanceSeconds(0.020);
        }

        call.FromBob(natted, RtpBytes.Rtp(5, ssrc: 77)).ShouldBe(Alice);

        call.AliceSpeaks(1).ShouldBe(natted);
    }

    [Fact]
    public void A_new_SSRC_from_the_same_place_is_the_same_party()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);

        call.AliceSpeaks(30_000, ssrc: 1234).ShouldBe(Bob);
        call.FromAlice(Alice.WithPort(1), RtpBytes.Rtp(30_001, ssrc: 1234)).ShouldBe(Bob, "and it carries on from there");
    }

    [Fact]
    public void An_asymmetric_party_is_known_by_its_host_alone_and_never_moved()
    {
        var call = new Call(_relay, modifiers: "a");

        call.FromAlice(Alice.WithPort(1), RtpBytes.Rtp(1)).ShouldBe(Bob);
        call.FromAlice(Alice.WithPort(2), RtpBytes.Rtp(9, ssrc: 3)).ShouldBe(Bob);
        call.FromAlice(Mallory, RtpBytes.Rtp(10, ssrc: 3)).ShouldBeNull();

        call.BobSpeaks(1).ShouldBe(Alice);
    }

    [Fact]
    public void An_asymmetric_party_without_an_address_is_the_first_host_that_speaks()
    {
        int forBob = _relay.Port("Ua c x 0 alice");
        int forAlice = _relay.Port($"L c {Bob.ToIPAddress()} {Bob.Port} alice bob");
        forBob.ShouldNotBe(forAlice);

        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).Count.ShouldBe(1);
        _relay.Receive(Alice.WithPort(9), forAlice, RtpBytes.Rtp(2)).Count.ShouldBe(1);
        _relay.Receive(Mallory, forAlice, RtpBytes.Rtp(3)).ShouldBeEmpty();
    }

    [Fact]
    public void Fax_and_STUN_pass_between_the_parties()
    {
        var call = new Call(_relay);

        call.FromAlice(Alice, [0, 1, 2, 3]).ShouldBe(Bob);
        call.FromBob(Bob, []).ShouldBe(Alice);
        call.FromAlice(Mallory, [0, 1, 2, 3]).ShouldBeNull();

        call.Query("rtpa_perrs nrelayed").ShouldBe("1 2");
    }

    [Fact]
    public void Reports_follow_the_signalled_address_before_anything_was_heard()
    {
        var call = new Call(_relay);

        call.ReportFromAlice(Alice.WithPort(40_001)).ShouldBe(Bob.WithPort(50_001));
    }

    [Fact]
    public void Reports_go_where_the_NAT_showed_the_party_to_be()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(1));

        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(natted.WithPort(1_001), "guessed");
        call.ReportFromAlice(natted.WithPort(1_777)).ShouldBe(Bob.WithPort(50_001));
        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(natted.WithPort(1_777), "learned");
    }

    [Fact]
    public void A_stranger_does_not_report_for_a_party_that_was_heard()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);

        call.ReportFromAlice(Mallory).ShouldBeNull();
        call.ReportFromAlice(Alice.WithPort(40_001)).ShouldBe(Bob.WithPort(50_001));
        call.ReportFromAlice(Mallory).ShouldBeNull();

        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(Alice.WithPort(40_001));
    }

    [Fact]
    public void The_party_displaces_a_stranger_who_reported_first()
    {
        var call = new Call(_relay);
        call.ReportFromAlice(Mallory);

        call.AliceSpeaks(1);

        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(Alice.WithPort(40_001));
        call.ReportFromAlice(Mallory).ShouldBeNull();
    }

    [Fact]
    public void A_refused_stranger_is_told_once_and_then_only_counted()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        for (int i = 0; i < 100; i++)
        {
            call.FromAlice(Mallory, RtpBytes.Rtp(i, ssrc: 666));
        }

        _relay.Events.Lines.Count(l => l.Contains("stranger", StringComparison.Ordinal)).ShouldBe(1);
        _relay.Workers[0].Statistics.Dropped(DropReason.UnknownSource).ShouldBe(100UL);
    }

    [Fact]
    public void Parties_on_IPv4_and_IPv6_hear_each_other()
    {
        int forBob = _relay.Port("Ul[2001:db8::9] c 192.0.2.10 40000 alice");
        int forAlice = _relay.Port("L6l127.0.0.1 c 2001:db8::20 50000 alice bob");
        Endpoint bob = At("2001:db8::20", 50_000);

        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(bob);
        _relay.Receive(bob, forBob, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Alice);
    }
}
