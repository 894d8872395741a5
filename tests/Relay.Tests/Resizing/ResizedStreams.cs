using System.Buffers.Binary;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;
using static RtpProxy.Relay.Tests.Resizing.ResizedCall;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>Streams as senders really make them: clocks set anew, sources that change, pauses (media rules, section 5).</summary>
public sealed class ResizedStreams
{
    [Theory]
    [InlineData(20, 3_000_000_000, 1_000)] // back, after ring tone
    [InlineData(20, 1_000, 2_000_000_000)] // forward
    [InlineData(20, 1_000, 3_000_000_000)] // more than half of the clock forward
    [InlineData(60, 3_000_000_000, 1_000)]
    [InlineData(60, 500_000, 490_000)] // a second or so
    [InlineData(60, 500_000, 499_000)] // a little
    [InlineData(10, 500_000, 100_000)]
    public void A_timestamp_that_leaps_while_numbers_go_on_loses_nothing(int ptime, uint before, uint after)
    {
        var call = new ResizedCall(ptime);
        var heard = new List<byte[]>();
        for (int i = 0; i < 300; i++)
        {
            uint timestamp = i < 150 ? before + (uint)(i * 160) : after + (uint)(i * 160);
            heard.AddRange(call.Send(RtpBytes.Rtp(1000 + i, timestamp: timestamp)));
            heard.AddRange(call.Later);
        }

        heard.AddRange(call.Wait(1000));
        heard.Sum(p => p.Length - 12).ShouldBe(300 * 160);
        Numbers(heard).ShouldBe(Enumerable.Range(1000, heard.Count));
        call.Counters().ShouldEndWith(" 0");
    }

    [Fact]
    public void Numbers_and_timestamps_that_begin_anew_together_are_late_for_a_moment_only()
    {
        var call = new ResizedCall(20);
        for (int i = 0; i < 50; i++)
        {
            call.Send(RtpBytes.Rtp(30_000 + i, timestamp: 5_000_000 + (uint)(i * 160)));
        }

        int heard = 0;
        for (int i = 0; i < 50; i++)
        {
            heard += call.Send(RtpBytes.Rtp(100 + i, timestamp: 700 + (uint)(i * 160))).Length + call.Later.Count;
        }

        heard.ShouldBe(46);
    }

    [Fact]
    public void Numbers_that_begin_anew_while_timestamps_go_on_lose_nothing_and_never_go_back()
    {
        var call = new ResizedCall(60);
        var heard = new List<byte[]>();
        for (int i = 0; i < 90; i++)
        {
            int sequence = i < 45 ? 40_000 + i : 17 + i;
            heard.AddRange(call.Send(RtpBytes.Rtp(sequence, timestamp: (uint)(i * 160))));
        }

        heard.Count.ShouldBe(30);
        Numbers(heard).ShouldBe(Enumerable.Range(40_000, 30));
    }

    [Fact]
    public void What_waits_of_the_old_source_leaves_before_the_new_one()
    {
        new ResizedCall(60).Trace(
        [
            Packet(0), Packet(1), RtpBytes.Rtp(9, ssrc: 99, timestamp: 77), RtpBytes.Rtp(10, ssrc: 99, timestamp: 237),
            RtpBytes.Rtp(11, ssrc: 99, timestamp: 397),
        ]).ShouldBe(["#2: 1000/5000 320 M", "#4: 1001/77 480"]);
    }

    [Fact]
    public void What_waits_of_the_old_source_leaves_before_anything_of_the_new_one()
    {
        new ResizedCall(60).Trace([Packet(0), Packet(1), RtpBytes.Rtp(9, ssrc: 99, timestamp: 77, payloadType: 111, length: 50)])
            .ShouldBe(["#2: 1000/5000 320 M", "#2: 1001/77 50"]);
    }

    [Fact]
    public void A_late_packet_of_the_old_source_does_not_come_into_the_new_stream()
    {
        var call = new ResizedCall(60);
        call.Trace([Packet(0), Packet(2), RtpBytes.Rtp(9, ssrc: 99, timestamp: 77), Packet(1), RtpBytes.Rtp(10, ssrc: 99, timestamp: 237)])
            .ShouldBe(["#2: 1000/5000 160 M", "#2: 1002/5320 160"]);
        call.Counters().ShouldBe("5 2 1");
    }

    [Fact]
    public void Two_sources_in_turn_pass_with_one_numbering()
    {
        var call = new ResizedCall(60);
        var heard = new List<byte[]>();
        for (int i = 0; i < 60; i++)
        {
            uint ssrc = i % 2 == 0 ? 7u : 99u;
            int half = i / 2;
            heard.AddRange(call.Send(RtpBytes.Rtp((int)(ssrc * 100) + half, ssrc, (ssrc * 10_000) + (uint)(half * 160)), 10));
            heard.AddRange(call.Later);
        }

        heard.AddRange(call.Wait(200));
        heard.Count.ShouldBe(60);
        Numbers(heard).ShouldBe(Enumerable.Range(700, 60));
        heard.Select(p => p[11]).ShouldBe(Enumerable.Range(0, 60).Select(i => (byte)(i % 2 == 0 ? 7 : 99)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(200)]
    public void The_end_of_a_talk_spurt_leaves_when_it_is_due(int ptime)
    {
        var call = new ResizedCall(ptime);
        byte[] half = [.. Enumerable.Repeat((byte)1, 80)];
        int before = 0;
        for (int i = 0; i < 23; i++)
        {
            before += call.Send(Packet(i, half, samples: 80), 10).Sum(p => p.Length - 12) + call.Later.Sum(p => p.Length - 12);
        }

        int rest = (23 * 80) - before;
        rest.ShouldBeGreaterThan(0);
        int hold = Math.Max(40, 2 * ptime);
        byte[][] last = call.Wait(hold);
        last.Sum(p => p.Length - 12).ShouldBe(rest);
        call.Wait(10_000).ShouldBeEmpty();

        // The next word begins with a marker and nothing of the one before.
        byte[] word = RtpBytes.Rtp(1023, timestamp: 5000 + 100_000, marker: true);
        byte[][] sent = [.. call.Send(word), .. call.Later, .. call.Wait(hold)];
        sent.SelectMany(p => p[12..]).Count().ShouldBe(160);
        (sent[0][1] & 0x80).ShouldBe(0x80);
        call.Counters().ShouldEndWith(" 0");
    }

    [Fact]
    public void What_leaves_when_it_is_due_is_recorded_forked_and_keeps_the_session()
    {
        var call = new ResizedCall(60);
        call.Relay.Command("R call alice bob").ShouldBe("0");
        call.Relay.Command("U copy 203.0.113.1 7000 r1 r2 && C call alice bob && L 203.0.113.2 8000").ShouldNotContain("-1");
        call.Send(Packet(0)).ShouldBeEmpty();

        call.Wait(200).Length.ShouldBe(2);

        call.Relay.Recordings.Files["call=alice.o.rtp"].Length.ShouldBe(30 + 172);
        call.Relay.Command("Q call alice bob npkts_ina nrelayed").ShouldBe("1 1");
        call.Counters().ShouldBe("1 1 0");
    }

    [Fact]
    public void Nothing_leaves_for_a_session_that_ended_or_a_party_that_is_not_re_framed_any_more()
    {
        var call = new ResizedCall(60);
        call.Send(Packet(0));
        call.Relay.Port("U call 192.0.2.10 40000 alice");
        call.Wait(1000).ShouldBeEmpty();

        call.Relay.Port("Uz60 call 192.0.2.10 40000 alice");
        call.Send(Packet(1));
        call.Relay.Command("D call alice").ShouldBe("0");
        call.Wait(1000).ShouldBeEmpty();
        call.Counters().ShouldBe("2 0 2");
    }

    [Fact]
    public void A_shorter_duration_is_in_force_for_what_waits()
    {
        var call = new ResizedCall(999);
        call.Send(Packet(0));

        call.Relay.Port("Uz20 call 192.0.2.10 40000 alice");

        call.Wait(5).Select(Describe).ShouldBe(["1000/5000 160 M"]);
    }

    [Fact]
    public void Thousands_of_talk_spurts_that_end_at_once_are_spread_over_turns()
    {
        const int Calls = 1000;
        var relay = new VirtualRelay();
        int[] ports =
        [
            .. Enumerable.Range(0, Calls).Select(i =>
            {
                relay.Port($"Uz60 c{i} 192.0.2.10 40000 alice");
                return relay.Port($"L c{i} 198.51.100.20 50000 alice bob");
            }),
        ];
        foreach (int port in ports)
        {
            relay.Receive(Alice, port, Packet(0)).ShouldBeEmpty();
        }

        RelayWorker worker = relay.Workers[0];
        var sink = new CountingSink();
        var due = new Arrival(relay.Now + TimeSpan.FromMilliseconds(150));
        int most = 0;
        int before = 0;
        while (sink.Sent < Calls)
        {
            worker.NextDeadline.ShouldBeLessThan(due.Now);
            worker.OnDeadline(due, ref sink);
            most = Math.Max(most, sink.Sent - before);
            before = sink.Sent;
        }

        most.ShouldBeLessThanOrEqualTo(64);
        worker.NextDeadline.ShouldBeGreaterThan(due.Now);
    }

    [Fact]
    public void A_silence_frame_of_G729_ends_a_talk_spurt_and_comes_out_whole()
    {
        var call = new ResizedCall(60);
        byte[] speech = [.. Enumerable.Range(0, 20).Select(i => (byte)i)];
        byte[] silence = [9, 9];

        call.Trace(
        [
            Packet(0, speech, 18), Packet(1, speech, 18), Packet(2, silence, 18),
        ]).ShouldBe([]);
        byte[] last = call.Wait(200).ShouldHaveSingleItem();
        last[12..].ShouldBe([.. speech, .. speech, .. silence]);
        call.Send(Packet(40, silence, 18)).ShouldBeEmpty();
        call.Wait(200).ShouldHaveSingleItem()[12..].ShouldBe(silence);
    }

    private static IEnumerable<int> Numbers(IEnumerable<byte[]> packets) =>
        packets.Select(p => (int)BinaryPrimitives.ReadUInt16BigEndian(p.AsSpan(2)));
}
