using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Media;

/// <summary>When packets are passed on, and which counter each one ends in.</summary>
public sealed class RelayConversations
{
    private readonly VirtualRelay _relay = new();

    [Fact]
    public void Nothing_is_heard_until_the_session_is_complete()
    {
        int forBob = _relay.Port("U c 192.0.2.10 40000 alice");

        _relay.Receive(Bob, forBob, RtpBytes.Rtp(1)).ShouldBeEmpty();

        _relay.Command("G npkts_rcvd npkts_discard").ShouldBe("0 1");
        _relay.Command("Q c alice bob npkts_ino ndropped").ShouldBe("0 0");
    }

    [Fact]
    public void A_packet_for_a_party_whose_address_is_not_known_is_dropped_and_counted()
    {
        _relay.Port("U c x 0 alice");
        int forAlice = _relay.Port("L c x 0 alice bob");

        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).ShouldBeEmpty();

        _relay.Command("Q c alice bob").ShouldBe("60 1 0 0 1");
        _relay.Command("G npkts_rcvd npkts_relayed npkts_discard").ShouldBe("1 0 1");
        _relay.Workers[0].Statistics.Dropped(DropReason.NoDestination).ShouldBe(1UL);
    }

    [Fact]
    public void Hold_does_not_stop_the_media()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        _relay.Port("U call 0.0.0.0 40000 alice").ShouldBe(call.PortForBob);

        call.BobSpeaks(1).ShouldBe(Alice);
        _relay.Port("U call 192.0.2.10 40000 alice").ShouldBe(call.PortForBob);
        call.BobSpeaks(2).ShouldBe(Alice);

        _relay.Events.Lines.ShouldContain("call Caller Rtp on hold");
        _relay.Events.Lines.ShouldContain("call Caller Rtp off hold");
    }

    [Fact]
    public void Payload_passes_unchanged_whatever_it_is()
    {
        var call = new Call(_relay);
        byte[][] datagrams = [[], [0], new byte[8192], RtpBytes.Rtp(1, payloadType: 127), [0x80, 0x00]];
        foreach (byte[] datagram in datagrams)
        {
            _relay.Receive(Alice, call.PortForAlice, datagram).ShouldHaveSingleItem().Bytes.ShouldBe(datagram);
        }
    }

    [Theory]
    [InlineData(127, 2)]
    [InlineData(128, 1)]
    public void Small_packets_leave_twice_with_option_2(int length, int copies)
    {
        var relay = new VirtualRelay(new RelayOptions { DoubleSmallPackets = true });
        var call = new Call(relay);

        relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1, length: length - 12)).Count.ShouldBe(copies);

        relay.Command("G npkts_relayed").ShouldBe("1");
    }

    [Fact]
    public void Statistics_of_a_party_follow_the_order_of_the_tags()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        call.AliceSpeaks(2);
        call.BobSpeaks(1);

        call.Query().ShouldBe("60 2 1 3 0");
        call.Query(tags: "bob alice").ShouldBe("60 1 2 3 0");
        call.Query("rtpa_nsent rtpa_nrcvd rtpa_nlost").ShouldBe("2 2 0");
    }

    [Fact]
    public void Ended_sessions_are_counted_by_what_was_heard()
    {
        _ = new Call(_relay, "silent");
        new Call(_relay, "one-way").AliceSpeaks(1);
        var both = new Call(_relay, "both");
        both.AliceSpeaks(1);
        both.BobSpeaks(1);
        both.ReportFromAlice(Alice.WithPort(40_001));
        _relay.Port("U incomplete 192.0.2.10 40000 alice");

        _relay.Command("X").ShouldBe("0");

        _relay.Command("G nsess_created nsess_destroyed nsess_complete nsess_nortp nsess_owrtp nsess_nortcp nsess_owrtcp")
            .ShouldBe("4 4 3 1 1 2 1");
        _relay.Command("G rtpa_nsent rtpa_nrcvd").ShouldBe("3 3");
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void The_receive_rate_is_that_of_the_last_whole_second()
    {
        var call = new Call(_relay);
        for (int i = 0; i < 10; i++)
        {
            call.AliceSpeaks(i);
        }

        _relay.AdvanceSeconds(1);
        _relay.Command("G pps_in").ShouldBe("10.000000");
        _relay.AdvanceSeconds(1);
        _relay.Command("G pps_in").ShouldBe("0.000000");
    }

    [Fact]
    public void The_direction_of_a_fork_does_not_depend_on_where_the_second_leg_is_set_up()
    {
        var source = new Call(_relay, "source");
        _relay.Command("U copy 203.0.113.1 7000 r1 r2 && L 203.0.113.2 8000 && C source alice bob").ShouldNotContain("-1");

        _relay.Receive(Bob, source.PortForBob, RtpBytes.Rtp(1)).Select(d => d.To)
            .ShouldBe([At("203.0.113.1", 7000), Alice], ignoreOrder: true);
    }

    [Fact]
    public void A_forked_session_carries_what_the_parties_of_the_source_are_sent()
    {
        foreach (int workers in (int[])[1, 2, 3])
        {
            var relay = new VirtualRelay(new RelayOptions(), workers);
            var source = new Call(relay, "source");
            string reply = relay.Command("U copy 203.0.113.1 7000 r1 r2 && C source alice bob && L 203.0.113.2 8000");
            int[] ports = [.. reply.Split(" && ").Where(p => p.Length > 1).Select(int.Parse)];

            relay.Receive(Bob, source.PortForBob, RtpBytes.Rtp(1)).Select(d => d.To)
                .ShouldBe([At("203.0.113.1", 7000), Alice], ignoreOrder: true);
            relay.Receive(Alice, source.PortForAlice, RtpBytes.Rtp(1)).Select(d => d.To)
                .ShouldBe([At("203.0.113.2", 8000), Bob], ignoreOrder: true);
            relay.Receive(At("203.0.113.1", 7000), ports[1], RtpBytes.Rtp(1)).ShouldBeEmpty("a recorder is not heard");
            relay.Command("D copy r1").ShouldBe("0");
            relay.Receive(Bob, source.PortForBob, RtpBytes.Rtp(2)).ShouldHaveSingleItem().To.ShouldBe(Alice);
        }
    }
}
