using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;
using static RtpProxy.Relay.Tests.Playback.Playing;

namespace RtpProxy.Relay.Tests.Playback;

/// <summary>When a player starts, what it does to the call meanwhile, and how it ends (media rules, section 6).</summary>
public sealed class PlayerLife
{
    private readonly VirtualRelay _relay = new();

    public PlayerLife()
    {
        _relay.Prompts.Files[("music", 0)] = Frames(800);
        _relay.Prompts.Files[("beep", 0)] = Frames(160);
    }

    [Fact]
    public void A_player_waits_for_the_session_to_be_complete()
    {
        int forBob = _relay.Port("U call 192.0.2.10 40000 alice");
        _relay.Command("P call beep 0 alice").ShouldBe("0");
        _relay.AdvanceSeconds(5).ShouldBeEmpty();

        int forAlice = _relay.Port("L call 198.51.100.20 50000 alice bob");

        var packets = _relay.AdvanceSeconds(1);
        packets.Count.ShouldBe(2, "it starts from the beginning");
        packets.ShouldAllBe(p => p.To == Alice && p.From.Port == forAlice);
        Marker(packets[0].Bytes).ShouldBeTrue();
        _relay.Receive(Bob, forBob, RtpBytes.Rtp(1)).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_player_waits_for_an_address_from_signalling()
    {
        _relay.Port("U call x 0 alice");
        _relay.Port("L call 198.51.100.20 50000 alice bob");
        _relay.Command("P call beep 0 alice bob").ShouldBe("0");
        _relay.AdvanceSeconds(5).ShouldBeEmpty();

        _relay.Port("U call 192.0.2.10 40000 alice");

        _relay.AdvanceSeconds(1).Count.ShouldBe(2);
    }

    [Fact]
    public void A_player_waits_for_the_first_packet_of_a_party_that_was_not_signalled()
    {
        _relay.Port("U call x 0 alice");
        int forAlice = _relay.Port("L call 198.51.100.20 50000 alice bob");
        _relay.Command("P call beep 0 alice bob").ShouldBe("0");
        _relay.AdvanceSeconds(5).ShouldBeEmpty();

        _relay.Receive(Mallory, forAlice + 1, RtpBytes.ReceiverReport()); // RTCP does not tell where RTP goes
        _relay.AdvanceSeconds(1).ShouldBeEmpty();
        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1));

        _relay.AdvanceSeconds(1).Select(p => p.To).ShouldBe([Alice, Alice]);
    }

    [Fact]
    public void The_other_party_is_not_heard_while_a_prompt_plays_or_waits()
    {
        _relay.Port("U call x 0 alice");
        int forAlice = _relay.Port("L call 198.51.100.20 50000 alice bob");
        int forBob = _relay.Port("U call x 0 alice");
        _relay.Command("P call beep 0 alice bob"); // waits
        _relay.Receive(Bob, forBob, RtpBytes.Rtp(1)).ShouldBeEmpty();
        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).ShouldHaveSingleItem("towards Bob nothing changes");
        _relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem("it plays now");
        _relay.Receive(Bob, forBob, RtpBytes.Rtp(2)).ShouldBeEmpty();
        _relay.Receive(Bob, forBob + 1, RtpBytes.ReceiverReport()).ShouldHaveSingleItem("RTCP flows");

        _relay.Command("Q call bob alice npkts_ina nrelayed ndropped rtpa_nrcvd").ShouldBe("2 1 2 2");
        _relay.Command("G npkts_rcvd npkts_discard").ShouldBe("4 2");
        _relay.Workers[0].Statistics.Dropped(DropReason.PlayerActive).ShouldBe(2UL);

        _relay.AdvanceSeconds(1).Count.ShouldBe(1, "the second and last packet");
        _relay.Receive(Bob, forBob, RtpBytes.Rtp(3)).ShouldHaveSingleItem("the prompt is over");
    }

    [Fact]
    public void The_player_is_gone_once_its_last_packet_has_been_heard()
    {
        var call = new Call(_relay);
        _relay.Command("P call beep 0 alice bob");
        _relay.Advance(TimeSpan.FromMilliseconds(19)).Count.ShouldBe(2);
        call.BobSpeaks(1).ShouldBeNull();
        _relay.Events.Lines.ShouldNotContain("call Caller player finished");

        _relay.Advance(TimeSpan.FromMilliseconds(1)).ShouldBeEmpty();

        call.BobSpeaks(2).ShouldBe(Alice);
        _relay.Events.Lines.ShouldContain("call Caller player finished");
        _relay.Command("G nplrs_created nplrs_destroyed npkts_played npkts_relayed").ShouldBe("1 1 2 1");
    }

    [Fact]
    public void A_stopped_player_sends_nothing_more_and_its_place_is_free_at_once()
    {
        var call = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");
        _relay.AdvanceSeconds(0.1);
        _relay.Command("S call alice bob").ShouldBe("0");

        call.BobSpeaks(1).ShouldBe(Alice);
        _relay.AdvanceSeconds(2).ShouldBeEmpty();
        _relay.Command("G nplrs_created nplrs_destroyed").ShouldBe("1 1");
        _relay.Events.Lines.Count(l => l.Contains("player")).ShouldBe(1);
    }

    [Fact]
    public void Both_parties_can_listen_at_once()
    {
        _ = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");
        _relay.Command("P-1 call beep 0 bob alice");

        _relay.AdvanceSeconds(0.099).GroupBy(p => p.To).Select(g => (g.Key, g.Count()))
            .ShouldBe([(Alice, 10), (Bob, 10)], ignoreOrder: true);
        _relay.Command("S call bob alice");
        _relay.AdvanceSeconds(0.1).ShouldAllBe(p => p.To == Alice);
    }

    [Fact]
    public void Deleting_the_session_ends_its_players_without_a_word()
    {
        _ = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");
        _relay.Command("P-1 call music 0 bob alice");
        _relay.AdvanceSeconds(0.1);

        _relay.Command("D call alice").ShouldBe("0");

        _relay.AdvanceSeconds(2).ShouldBeEmpty();
        _relay.Events.Lines.ShouldNotContain(l => l.Contains("player"));
        _relay.Command("G nplrs_created nplrs_destroyed").ShouldBe("2 2");
    }

    [Fact]
    public void An_endless_prompt_keeps_the_session_alive()
    {
        _ = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");

        _relay.AdvanceSeconds(600);

        _relay.SessionCount.ShouldBe(1);
        _relay.Command("Q call alice bob ttl").ShouldBe("59");
    }

    [Fact]
    public void With_a_timer_for_each_leg_a_prompt_keeps_only_that_of_the_other_party()
    {
        var relay = new VirtualRelay(new RelayOptions { IndependentTimeouts = true, TtlSeconds = 10 });
        relay.Prompts.Files[("music", 0)] = Frames(800);
        var call = new Call(relay);
        relay.Command("P-1 call music 0 alice bob");
        for (int i = 0; i < 30; i++)
        {
            call.AliceSpeaks(i).ShouldBe(Bob);
            relay.AdvanceSeconds(1);
        }

        relay.SessionCount.ShouldBe(1, "the player speaks for Bob, Alice for herself");
        relay.AdvanceSeconds(12);
        relay.SessionCount.ShouldBe(0, "Alice is silent");
    }

    [Fact]
    public void Packets_held_back_by_a_waiting_player_do_not_keep_the_session_alive()
    {
        _relay.Port("U call x 0 alice");
        int forBob = _relay.Port("U call x 0 alice");
        _relay.Port("L call 198.51.100.20 50000 alice bob");
        _relay.Command("P-1 call music 0 alice bob");
        for (int i = 0; i < 62; i++)
        {
            if (_relay.SessionCount > 0)
            {
                _relay.Receive(Bob, forBob, RtpBytes.Rtp(i));
            }

            _relay.AdvanceSeconds(1);
        }

        _relay.SessionCount.ShouldBe(0);
        _relay.Command("G nplrs_created nplrs_destroyed").ShouldBe("1 1");
    }

    [Fact]
    public void A_prompt_to_port_zero_plays_to_nobody()
    {
        _relay.Port("U call 192.0.2.10 0 alice");
        _relay.Port("L call 198.51.100.20 50000 alice bob");
        _relay.Command("P call beep 0 alice bob").ShouldBe("0");

        _relay.AdvanceSeconds(1).ShouldBeEmpty();
        _relay.Command("G nplrs_created nplrs_destroyed npkts_played").ShouldBe("1 1 0");
    }

    [Fact]
    public void A_player_follows_its_party_to_another_address()
    {
        var call = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");
        _relay.Advance(TimeSpan.FromMilliseconds(15)).ShouldAllBe(p => p.To == Alice);
        call.FromAlice(At("192.0.2.10", 41_000), RtpBytes.Rtp(1));

        _relay.Advance(TimeSpan.FromMilliseconds(10)).ShouldHaveSingleItem().To.ShouldBe(At("192.0.2.10", 41_000));
    }

    [Fact]
    public void A_prompt_follows_its_party_from_behind_a_NAT_to_a_public_host_where_it_only_listens()
    {
        Endpoint nat = At("203.0.113.5", 1_000);
        var call = Call.BehindNat(_relay);
        HearAlice(call, nat);
        _relay.Command("P-1 call music 0 alice bob");
        _relay.Command("U call 192.0.2.30 42000 alice");

        _relay.AdvanceSeconds(1.9).ShouldAllBe(p => p.To == nat, "the party may go on there");
        _relay.AdvanceSeconds(0.2);

        _relay.AdvanceSeconds(1).ShouldAllBe(p => p.To == At("192.0.2.30", 42_000));
        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(At("192.0.2.30", 42_001));
    }

    [Fact]
    public void A_prompt_goes_back_to_where_its_party_goes_on_only_as_long_as_it_does()
    {
        var call = new Call(_relay);
        HearAlice(call, Alice);
        _relay.Command("P-1 call music 0 alice bob");
        _relay.Command("U call 192.0.2.30 42000 alice");
        for (int sequence = 100; sequence < 110; sequence++)
        {
            call.AliceSpeaks(sequence).ShouldBe(Bob);
            _relay.AdvanceSeconds(0.02);
        }

        _relay.AdvanceSeconds(0.5).ShouldAllBe(p => p.To == Alice);
        _relay.AdvanceSeconds(0.6);

        _relay.AdvanceSeconds(1).ShouldAllBe(p => p.To == At("192.0.2.30", 42_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_forked_session_hears_the_prompts_of_its_source(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        relay.Prompts.Files[("beep", 0)] = Frames(160);
        _ = new Call(relay, "source");
        relay.Command("U copy 203.0.113.1 7000 r1 r2 && C source alice bob && L 203.0.113.2 8000").ShouldNotContain("-1");

        relay.Command("P source beep 0 alice bob").ShouldBe("0");

        relay.AdvanceSeconds(1).Select(p => p.To).ShouldBe(
            [At("203.0.113.1", 7000), Alice, At("203.0.113.1", 7000), Alice], ignoreOrder: true);
        relay.Command("G npkts_played").ShouldBe("2");
    }

    private void HearAlice(Call call, Endpoint from)
    {
        for (int sequence = 0; sequence < 100; sequence++)
        {
            call.FromAlice(from, RtpBytes.Rtp(sequence)).ShouldBe(Bob);
            _relay.AdvanceSeconds(0.02);
        }
    }
}
