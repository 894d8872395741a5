using static RtpProxy.Relay.Tests.Resizing.ResizedCall;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>The table of examples at the end of the media rules, section 5, and its neighbours.</summary>
public sealed class ResizerExamples
{
    [Fact]
    public void Thirty_milliseconds_from_twenty()
    {
        var call = new ResizedCall(30);

        call.Trace(Enumerable.Range(0, 8).Select(n => Packet(n))).ShouldBe(
        [
            "#1: 1000/5000 240 M",
            "#2: 1001/5240 240",
            "#4: 1002/5480 240",
            "#5: 1003/5720 240",
            "#7: 1004/5960 240",
        ]);
        call.Counters().ShouldBe("8 5 0");
        call.Relay.Command("Q call alice bob npkts_ina nrelayed ndropped rtpa_nrcvd").ShouldBe("8 5 0 8");
        call.Relay.Command("D call alice");
        call.Counters().ShouldBe("8 5 1");
        call.Relay.Command("G npkts_rcvd npkts_relayed npkts_discard").ShouldBe("8 5 0");
    }

    [Fact]
    public void Ten_milliseconds_from_twenty()
    {
        var call = new ResizedCall(10);

        call.Trace([Packet(0), Packet(1)]).ShouldBe(
        [
            "#0: 1000/5000 80 M",
            "#0: 1001/5080 80",
            "#1: 1002/5160 80",
            "#1: 1003/5240 80",
        ]);
        call.Counters().ShouldBe("2 4 0");
    }

    [Fact]
    public void Fifteen_milliseconds_are_rounded_to_twenty() =>
        new ResizedCall(15).Trace([Packet(0), Packet(1), Packet(2)])
            .ShouldBe(["#0: 1000/5000 160 M", "#1: 1001/5160 160", "#2: 1002/5320 160"]);

    [Fact]
    public void A_missing_packet_ends_the_one_being_made()
    {
        int[] arriving = [0, 1, 2, 3, 5, 6, 7, 8, 9];

        new ResizedCall(60).Trace(arriving.Select(n => Packet(n))).ShouldBe(
        [
            "#2: 1000/5000 480 M",
            "#5: 1001/5480 160",
            "#6: 1002/5800 480",
        ]);
    }

    [Fact]
    public void A_sender_that_is_too_slow_is_not_waited_for()
    {
        new ResizedCall(60).Trace(Enumerable.Range(0, 5).Select(n => Packet(n)), milliseconds: 300).ShouldBe(
        [
            "#0+: 1000/5000 160 M",
            "#1: 1001/5160 160",
            "#2: 1002/5320 160",
            "#3: 1003/5480 160",
            "#4: 1004/5640 160",
        ]);
    }

    [Fact]
    public void Gsm_frames_are_not_cut()
    {
        byte[][] outputs = Payloads(new ResizedCall(30), 3, 160, [.. Enumerable.Range(1, 6).Select(n => Bytes(n, 33))]);

        outputs.Select(o => o.Length).ShouldBe([66, 66, 66]); // 40 ms
        outputs[1].ShouldBe([.. Bytes(3, 33), .. Bytes(4, 33)]);
    }

    [Fact]
    public void Nothing_follows_a_silence_frame_of_G729()
    {
        byte[][] inputs = [Bytes(1, 20), Bytes(2, 20), Bytes(3, 20), Bytes(4, 12), Bytes(5, 20), Bytes(6, 20), Bytes(7, 20)];

        byte[][] outputs = Payloads(new ResizedCall(30), 18, 160, inputs);

        outputs.Select(o => o.Length).ShouldBe([30, 30, 12, 30, 30]);
        outputs[2].ShouldBe(inputs[3]);
    }

    [Fact]
    public void G723_frames_are_as_long_as_their_first_byte_says()
    {
        byte[][] inputs = [G723(0, 24), G723(1, 20), G723(2, 4), G723(0, 24), G723(1, 20), G723(2, 4)];

        Payloads(new ResizedCall(60), 4, 240, inputs).Select(o => o.Length).ShouldBe([44, 28, 24]);
    }

    [Fact]
    public void A_packet_of_mixed_G723_frames_is_cut_between_frames()
    {
        byte[] mixed = [.. G723(2, 4), .. G723(0, 24), .. G723(1, 20)];

        Payloads(new ResizedCall(30), 4, 720, [mixed]).ShouldBe([G723(2, 4), G723(0, 24), G723(1, 20)]);
    }

    [Fact]
    public void G722_counts_a_byte_as_a_sample()
    {
        byte[] payload = Bytes(1, 160);

        Payloads(new ResizedCall(10), 9, 160, [payload]).ShouldBe([payload[..80], payload[80..]]);
    }

    [Fact]
    public void Events_pass_at_once_between_longer_packets()
    {
        var call = new ResizedCall(60);
        byte[] digit = Packet(2, [5, 10, 0, 160], payloadType: 101);

        call.Send(Packet(0)).ShouldBeEmpty();
        call.Send(Packet(1)).ShouldBeEmpty();
        call.Send(digit).ShouldHaveSingleItem().ShouldBe(digit);
        call.Send(Packet(2)).ShouldHaveSingleItem().Length.ShouldBe(492);
        call.Counters().ShouldBe("3 1 0");
        call.Relay.Command("G npkts_relayed").ShouldBe("2");
    }

    private static byte[][] Payloads(ResizedCall call, byte payloadType, int samples, byte[][] inputs) =>
    [
        .. inputs.Select((payload, i) => call.Send(Packet(i, payload, payloadType, samples)))
            .SelectMany(sent => sent)
            .Select(packet => packet[12..]),
    ];

    private static byte[] Bytes(int seed, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((seed * 40) + i))];

    private static byte[] G723(int rate, int length) => [(byte)rate, .. Bytes(rate, length - 1)];
}
