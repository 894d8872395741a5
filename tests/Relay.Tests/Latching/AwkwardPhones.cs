using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>Honest endpoints that do what the rules of latching do not like: none may be muted for longer than promised.</summary>
public sealed class AwkwardPhones
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly VirtualRelay _relay = new();

    [Fact]
    public void The_answer_of_another_phone_is_heard_although_the_first_one_sends_for_a_moment_more()
    {
        var call = new Call(_relay);
        Endpoint second = At("198.18.9.9", 9_000);
        call.BobSpeaks(1);
        _relay.Command("L call 10.1.1.1 6000 alice bob2");
        for (int i = 2; i < 10; i++)
        {
            _relay.Advance(Frame);
            call.BobSpeaks(i).ShouldBe(Alice, "early media under way when the call was answered");
            call.FromBob(second, RtpBytes.Rtp(490 + i, ssrc: 77)).ShouldBeNull("anybody could, while the first phone goes on");
        }

        for (int i = 500; i < 504; i++)
        {
            _relay.Advance(Frame);
            call.FromBob(second, RtpBytes.Rtp(i, ssrc: 77)).ShouldBeNull("anybody could send a few packets");
        }

        _relay.Advance(Frame);
        call.FromBob(second, RtpBytes.Rtp(504, ssrc: 77)).ShouldBe(Alice);
        call.AliceSpeaks(1).ShouldBe(second);
        call.BobSpeaks(10).ShouldBeNull("the first phone has lost the call");
    }

    [Fact]
    public void A_party_that_goes_on_after_a_wrong_description_is_not_replaced_when_it_pauses_later()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        _relay.Command("U call 10.0.0.1 4000 alice");
        for (int i = 2; i < 110; i++)
        {
            _relay.Advance(Frame);
            call.AliceSpeaks(i).ShouldBe(Bob);
        }

        _relay.AdvanceSeconds(60);

        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666)).ShouldBeNull();
    }

    [Fact]
    public void One_stray_packet_before_the_call_does_not_mute_a_phone_behind_a_NAT()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666));

        for (int i = 1; i <= 5; i++)
        {
            call.FromAlice(natted, RtpBytes.Rtp(i)).ShouldBeNull("who comes first, if nobody is better");
            _relay.Advance(Frame);
        }

        call.FromAlice(natted, RtpBytes.Rtp(6)).ShouldBe(Bob);

        call.FromAlice(Mallory, RtpBytes.Rtp(2, ssrc: 666)).ShouldBeNull();
        call.BobSpeaks(1).ShouldBe(natted);
    }

    [Fact]
    public void A_phone_behind_a_NAT_that_only_keeps_it_open_is_not_displaced_by_a_few_packets()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        for (int i = 1; i <= 3; i++)
        {
            call.FromAlice(natted, RtpBytes.Rtp(i));
            _relay.AdvanceSeconds(8);
        }

        for (int i = 1; i <= 50; i++)
        {
            call.FromAlice(Mallory, RtpBytes.Rtp(i, ssrc: 666)).ShouldBeNull();
            _relay.Advance(Frame);
        }

        call.BobSpeaks(1).ShouldBe(natted);
    }

    [Fact]
    public void A_stranger_who_was_displaced_because_he_paused_does_not_come_back_while_the_party_speaks()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666));
        call.FromAlice(Mallory, RtpBytes.Rtp(2, ssrc: 666));
        for (int i = 1; i <= 10; i++)
        {
            _relay.Advance(Frame);
            call.FromAlice(natted, RtpBytes.Rtp(i));
        }

        for (int i = 11; i <= 200; i++)
        {
            _relay.Advance(Frame);
            call.FromAlice(Mallory, RtpBytes.Rtp(i, ssrc: 666)).ShouldBeNull();
            call.FromAlice(natted, RtpBytes.Rtp(i)).ShouldBe(Bob);
        }
    }

    [Fact]
    public void A_party_comes_back_although_two_intruders_took_its_place_one_after_the_other()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        int sequence = 1;
        for (; sequence <= 100; sequence++)
        {
            call.FromAlice(natted, RtpBytes.Rtp(sequence));
            _relay.Advance(Frame);
        }

        _relay.Command("U call 10.7.7.7 4000 alice");
        foreach (Endpoint intruder in (Endpoint[])[Mallory, At("203.0.113.67", 6_667)])
        {
            _relay.Advance(LatchTimes.Alive);
            for (int i = 1; i <= 10; i++)
            {
                call.FromAlice(intruder, RtpBytes.Rtp(i, ssrc: intruder.Port));
                _relay.Advance(Frame);
            }

            call.BobSpeaks(intruder.Port).ShouldBe(intruder, "nobody can tell");
        }

        for (int i = 0; i < 3; i++)
        {
            call.FromAlice(natted, RtpBytes.Rtp(sequence + i)).ShouldBeNull();
            _relay.Advance(Frame);
        }

        call.FromAlice(natted, RtpBytes.Rtp(sequence + 3)).ShouldBe(Bob);
    }

    [Fact]
    public void A_party_heard_twice_is_not_displaced_in_a_pause()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(1));
        call.FromAlice(natted, RtpBytes.Rtp(2));
        _relay.AdvanceSeconds(60);

        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666)).ShouldBeNull();
        call.BobSpeaks(1).ShouldBe(natted);
    }

    [Fact]
    public void A_phone_whose_sequence_restarts_may_still_change_its_port()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(60_000);
        call.FromAlice(Alice, RtpBytes.Rtp(50_000, timestamp: 1_000)).ShouldBe(Bob);

        call.FromAlice(Alice.WithPort(40_002), RtpBytes.Rtp(50_001, timestamp: 1_160)).ShouldBe(Bob);
    }

    [Fact]
    public void Media_follows_a_party_that_is_moved_twice_before_it_speaks()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        Endpoint third = At("192.0.2.88", 42_000);
        _relay.Command("U call 192.0.2.77 41000 alice");
        _relay.Command($"U call {third.ToIPAddress()} {third.Port} alice");

        call.BobSpeaks(1).ShouldBe(third);
    }

    [Fact]
    public void One_late_packet_from_the_old_place_does_not_bring_the_media_back()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        _relay.Command("U call 192.0.2.77 41000 alice"); // somebody who only listens
        _relay.AdvanceSeconds(3);

        call.AliceSpeaks(2);

        call.BobSpeaks(1).ShouldBe(At("192.0.2.77", 41_000));
    }

    [Fact]
    public void A_party_whose_host_spoke_from_another_port_in_a_long_pause_returns_at_once()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(1));
        call.FromAlice(natted, RtpBytes.Rtp(2));
        _relay.AdvanceSeconds(20);
        call.FromAlice(natted.WithPort(6_666), RtpBytes.Rtp(1, ssrc: 666)).ShouldBe(Bob, "a NAT binding may have expired");

        call.FromAlice(natted, RtpBytes.Rtp(1_000, ssrc: 55)).ShouldBe(Bob, "but it had not");

        call.BobSpeaks(1).ShouldBe(natted);
        call.FromAlice(natted.WithPort(6_666), RtpBytes.Rtp(2, ssrc: 666)).ShouldBeNull();
    }

    [Fact]
    public void A_phone_that_roams_while_its_old_network_still_delivers_is_heard_after_a_moment()
    {
        var call = new Call(_relay);
        Endpoint mobile = At("198.18.7.7", 7_777);
        for (int i = 1; i <= 100; i++)
        {
            call.AliceSpeaks(i).ShouldBe(Bob);
            _relay.Advance(Frame);
        }

        call.FromAlice(mobile, RtpBytes.Rtp(102)).ShouldBeNull();
        call.AliceSpeaks(101).ShouldBe(Bob);
        _relay.Advance(LatchTimes.Alive);

        call.FromAlice(mobile, RtpBytes.Rtp(111)).ShouldBe(Bob);
        call.AliceSpeaks(112).ShouldBe(Bob, "she is back where she was signalled");
    }

    [Fact]
    public void A_phone_comes_back_after_a_minute_of_hold_wherever_its_NAT_puts_it()
    {
        foreach ((int port, uint ssrc, int sequence) in ((int, uint, int)[])[(1_000, 7, 2), (1_000, 9, 30_000), (2_000, 7, 2), (2_000, 9, 30_000)])
        {
            var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 600 });
            var call = Call.BehindNat(relay);
            Endpoint natted = At("198.18.0.1", port);
            call.FromAlice(natted.WithPort(1_000), RtpBytes.Rtp(1));
            relay.Command("U call 0.0.0.0 40000 alice");
            relay.AdvanceSeconds(60);
            relay.Command($"U call {Text(Home)} alice");

            call.FromAlice(natted, RtpBytes.Rtp(sequence, ssrc)).ShouldBe(Bob, $"port {port}, SSRC {ssrc}");
            call.BobSpeaks(1).ShouldBe(natted);
        }
    }

    [Fact]
    public void Two_parties_behind_one_NAT_are_told_apart_by_the_ports_they_send_to()
    {
        var call = new Call(_relay, alice: Home, bob: Home.WithPort(50_000));
        Endpoint alice = At("198.18.0.1", 1_000);
        Endpoint bob = At("198.18.0.1", 2_000);

        call.FromAlice(alice, RtpBytes.Rtp(1)).ShouldBe(Home.WithPort(50_000));
        call.FromBob(bob, RtpBytes.Rtp(1, ssrc: 8)).ShouldBe(alice);
        call.FromAlice(alice, RtpBytes.Rtp(2)).ShouldBe(bob);
        call.FromAlice(bob, RtpBytes.Rtp(2, ssrc: 8)).ShouldBeNull("Bob's stream is not Alice's");
    }

    [Fact]
    public void A_media_server_that_sends_from_another_address_than_it_signalled_is_heard_after_ten_seconds()
    {
        var call = new Call(_relay);
        Endpoint server = At("198.51.100.99", 5_000);
        int heard = 0;
        for (int i = 1; i <= 600; i++)
        {
            heard += call.FromBob(server, RtpBytes.Rtp(i, ssrc: 0)) == Alice ? 1 : 0;
            _relay.Advance(Frame);
        }

        heard.ShouldBe(100, "a host that was signalled as public had its time");
        call.AliceSpeaks(1).ShouldBe(server);
    }

    [Fact]
    public void A_media_server_that_signals_the_address_it_has_inside_is_heard_at_once()
    {
        var call = new Call(_relay, bob: At("172.16.0.20", 50_000));
        Endpoint server = At("198.51.100.99", 5_000);

        call.FromBob(server, RtpBytes.Rtp(1)).ShouldBe(Alice);
        call.FromBob(server, RtpBytes.Rtp(2)).ShouldBe(Alice);
        call.FromBob(server, RtpBytes.Rtp(3, ssrc: 0)).ShouldBe(Alice, "an SSRC like others");
    }

    [Fact]
    public void An_asymmetric_party_is_sent_media_where_it_says_also_when_that_is_known_late()
    {
        var call = new Call(_relay);
        call.FromAlice(Alice.WithPort(5_555), RtpBytes.Rtp(1));

        _relay.Command($"Ua call {Alice.ToIPAddress()} {Alice.Port} alice");

        call.BobSpeaks(1).ShouldBe(Alice);
        call.FromAlice(Alice.WithPort(5_556), RtpBytes.Rtp(9, ssrc: 9)).ShouldBe(Bob);
    }

    [Fact]
    public void A_phone_behind_a_NAT_that_is_called_asymmetric_later_is_still_heard()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(1));

        _relay.Command($"Ua call {Text(Home)} alice");

        call.FromAlice(natted, RtpBytes.Rtp(2)).ShouldBe(Bob);
        call.BobSpeaks(1).ShouldBe(natted);
        call.FromAlice(Mallory, RtpBytes.Rtp(3)).ShouldBeNull();
    }

    [Fact]
    public void An_asymmetric_party_that_becomes_symmetric_is_sent_media_where_it_sends_from()
    {
        var call = new Call(_relay, modifiers: "a");
        Endpoint other = Alice.WithPort(5_555);
        call.FromAlice(other, RtpBytes.Rtp(1));
        _relay.Command($"Us call {Alice.ToIPAddress()} {Alice.Port} alice");

        _relay.Advance(LatchTimes.Settle);
        call.FromAlice(other, RtpBytes.Rtp(101)).ShouldBe(Bob);
        call.FromAlice(other, RtpBytes.Rtp(102)).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(other);
    }

    [Fact]
    public void The_log_does_not_say_that_an_asymmetric_party_was_learned()
    {
        var call = new Call(_relay, modifiers: "a");

        call.FromAlice(Alice.WithPort(5_555), RtpBytes.Rtp(1));

        _relay.Events.Lines.ShouldNotContain(l => l.Contains("Caller Rtp learned", StringComparison.Ordinal));
    }

    [Fact]
    public void A_phone_that_changes_its_port_all_the_time_is_relayed_and_told_a_few_times()
    {
        var call = new Call(_relay);
        for (int i = 1; i <= 100; i++)
        {
            call.FromAlice(Alice.WithPort((ushort)(20_000 + (i % 2))), RtpBytes.Rtp(i)).ShouldBe(Bob);
        }

        _relay.Events.Lines.Count(l => l.Contains("Caller Rtp moved", StringComparison.Ordinal)).ShouldBeInRange(1, 10);
        _relay.Events.Lines.Count(l => l.Contains("Caller Rtp learned", StringComparison.Ordinal)).ShouldBeInRange(1, 11);
    }
}
