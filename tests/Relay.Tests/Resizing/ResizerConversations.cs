using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;
using static RtpProxy.Relay.Tests.Resizing.ResizedCall;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>Re-packetisation as part of a call: which packets, which counters, when it changes (media rules, section 5).</summary>
public sealed class ResizerConversations
{
    [Theory]
    [InlineData("Uz0 call 192.0.2.10 40000 alice")]
    [InlineData("Uz1000 call 192.0.2.10 40000 alice")]
    [InlineData("Uz call 192.0.2.10 40000 alice")]
    public void The_duration_is_from_1_to_999(string command) => new VirtualRelay().Command(command).ShouldBe("E13");

    [Fact]
    public void Only_packets_of_the_party_that_asked_are_changed()
    {
        var call = new ResizedCall(30);
        byte[] packet = Packet(0);

        call.Relay.Receive(Bob, call.PortForBob, packet).ShouldHaveSingleItem().Bytes.ShouldBe(packet);
        call.Send(packet).ShouldBeEmpty();
    }

    [Fact]
    public void Switching_it_off_throws_away_what_waits()
    {
        var call = new ResizedCall(60);
        call.Send(Packet(0));
        call.Send(Packet(1));

        call.Relay.Port("U call 192.0.2.10 40000 alice").ShouldBe(call.PortForBob);

        call.Counters().ShouldBe("2 0 2");
        call.Send(Packet(2)).ShouldHaveSingleItem().ShouldBe(Packet(2));
        call.Relay.Command("G npkts_discard").ShouldBe("0", "the re-packetiser counts its own");
        call.Relay.Command("Q call alice bob ndropped").ShouldBe("0");
        call.Relay.Workers[0].Statistics.Dropped(DropReason.ResizerFlushed).ShouldBe(2UL);
        call.Relay.Events.Lines.ShouldContain("call Caller resize ");
    }

    [Fact]
    public void The_duration_changes_on_the_fly_and_keeps_what_waits()
    {
        var call = new ResizedCall(60);
        call.Send(Packet(0));
        call.Send(Packet(1));

        call.Relay.Port("Uz30 call 192.0.2.10 40000 alice");

        call.Send(Packet(2)).Select(p => p.Length - 12).ShouldBe([240, 240]);
        call.Counters().ShouldBe("3 2 0");
    }

    [Fact]
    public void A_repeated_command_with_the_same_duration_changes_nothing()
    {
        var call = new ResizedCall(30);
        call.Send(Packet(0));

        call.Relay.Port("Uz30 call 192.0.2.10 40000 alice");

        call.Send(Packet(1)).ShouldHaveSingleItem().Length.ShouldBe(252);
        call.Relay.Events.Lines.Count(l => l == "call Caller resize 30").ShouldBe(1);
    }

    [Fact]
    public void Audio_that_comes_after_its_turn_is_discarded()
    {
        var call = new ResizedCall(20);
        call.Send(Packet(1)).ShouldHaveSingleItem();
        call.Send(Packet(2)).ShouldHaveSingleItem();

        call.Send(Packet(0)).ShouldBeEmpty();

        call.Counters().ShouldBe("3 2 1");
        call.Relay.Command("G npkts_discard").ShouldBe("0");
        call.Relay.Workers[0].Statistics.Dropped(DropReason.ResizerLate).ShouldBe(1UL);
    }

    [Fact]
    public void Packets_out_of_order_are_put_in_order()
    {
        int[] arriving = [0, 2, 1, 3, 5, 4];

        new ResizedCall(60).Trace(arriving.Select(n => Packet(n)))
            .ShouldBe(["#2: 1000/5000 480 M", "#5: 1001/5480 480"]);
    }

    [Fact]
    public void Sequence_numbers_go_on_when_the_source_changes_but_its_past_is_forgotten()
    {
        var call = new ResizedCall(20);
        call.Send(Packet(0));
        call.Send(Packet(1));
        byte[] other = Packet(2, ssrc: 99);
        other[4] = 0; // an earlier timestamp, from the other clock
        other[5] = 0;
        other[6] = 0;

        byte[] sent = call.Send(other).ShouldHaveSingleItem();

        sent[2..4].ShouldBe([1002 >> 8, 1002 & 0xff]);
        sent[8..12].ShouldBe([0, 0, 0, 99]);
        call.Counters().ShouldBe("3 3 0");
    }

    [Fact]
    public void Timestamps_and_sequence_numbers_wrap()
    {
        var call = new ResizedCall(40);
        byte[][] packets =
        [
            .. Enumerable.Range(0, 4).Select(i => RtpBytes.Rtp((ushort)(65_534 + i), timestamp: uint.MaxValue - 200 + (uint)(i * 160))),
        ];

        call.Trace(packets).ShouldBe(["#1: 65534/4294967095 320", "#3: 65535/119 320"]);
    }

    [Fact]
    public void Padding_is_taken_off_and_headers_are_kept()
    {
        var call = new ResizedCall(40);
        byte[] padded = [.. Packet(0, new byte[160]), 0, 0, 0, 4];
        padded[0] |= 0x20;
        byte[] extended = Packet(0, [1, 2, 3, 4, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, .. new byte[160]]);
        extended[0] |= 0x11; // one contributing source and an extension

        call.Send(padded).ShouldBeEmpty();
        byte[] joined = call.Send(Packet(1)).ShouldHaveSingleItem();
        joined.Length.ShouldBe(12 + 320);
        joined[0].ShouldBe((byte)0x80);

        call = new ResizedCall(10);
        byte[][] halves = call.Send(extended);
        halves.Select(h => h[0]).ShouldBe([0x91, 0x91]);
        halves.Select(h => h.Length).ShouldBe([12 + 12 + 80, 12 + 12 + 80]);
        halves.ShouldAllBe(h => h.Skip(12).Take(12).SequenceEqual(extended.Skip(12).Take(12)));
    }

    [Fact]
    public void What_is_not_audio_passes_as_it_is()
    {
        byte[][] others =
        [
            Packet(1, payloadType: 13), // comfort noise
            Packet(1, payloadType: 34), // video
            Packet(1, payloadType: 101),
            Packet(1, []), // no payload
            Packet(1, [3, 0, 0], payloadType: 4), // an undefined G.723.1 frame
            Packet(1, new byte[32], payloadType: 3), // less than a GSM frame
            Packet(1, new byte[8200]), // longer than anything is kept
            [1, 2, 3], // not RTP
            [],
        ];
        foreach (byte[] packet in others)
        {
            var call = new ResizedCall(30);

            call.Send(packet).ShouldHaveSingleItem().ShouldBe(packet);
            call.Counters().ShouldBe("0 0 0");
        }
    }

    [Fact]
    public void A_change_of_codec_ends_a_packet()
    {
        new ResizedCall(60).Trace([Packet(0), Packet(1, payloadType: 8), Packet(2, payloadType: 8), Packet(3, payloadType: 8)])
            .ShouldBe(["#2: 1000/5000 160 M", "#3: 1001/5160 480"]);
    }

    [Fact]
    public void Packets_held_back_by_a_prompt_do_not_count_as_sent()
    {
        var call = new ResizedCall(30);
        call.Relay.Prompts.Files[("music", 97)] = [1];
        call.Relay.Command("P-1 call music 97 bob alice").ShouldBe("0");

        call.Send(Packet(0)).ShouldBeEmpty();
        call.Send(Packet(1)).ShouldBeEmpty();

        call.Counters().ShouldBe("2 0 0");
        call.Relay.Command("Q call alice bob ndropped").ShouldBe("1", "the one packet made of both");
    }

    [Fact]
    public void Audio_that_comes_late_does_not_keep_the_session_alive()
    {
        var call = new ResizedCall(20);
        call.Send(Packet(1000));
        for (int i = 0; i < 62 && call.Relay.SessionCount > 0; i++)
        {
            call.Send(Packet(i), millisecondsToNext: 1000);
        }

        call.Relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_forked_session_carries_the_new_packets()
    {
        foreach (int workers in (int[])[1, 2])
        {
            var call = new ResizedCall(30, workers: workers);
            call.Relay.Command("U copy 203.0.113.1 7000 r1 r2 && C call alice bob && L 203.0.113.2 8000").ShouldNotContain("-1");

            call.Send(Packet(0)).ShouldBeEmpty();
            call.Send(Packet(1)).Select(p => p.Length).ShouldBe([252, 252]);
        }
    }
}
