using System.Buffers.Binary;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Resizing.ResizedCall;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>Everything that leaves a re-framed stream has one numbering (media rules, section 5).</summary>
public sealed class OneNumbering
{
    private readonly List<byte[]> _heard = [];

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    public void Audio_events_comfort_noise_and_unknown_codecs_count_together(int ptime)
    {
        var call = new ResizedCall(ptime);
        for (int i = 0; i < 20; i++)
        {
            Hear(call, Packet(i));
        }

        Hear(call, Event(20, start: 20, duration: 160, marker: true));
        Hear(call, Event(21, start: 20, duration: 320));
        for (int i = 0; i < 3; i++)
        {
            Hear(call, Event(22 + i, start: 20, duration: 480, end: true), 1);
        }

        Hear(call, Packet(25));
        Hear(call, Packet(26, [60], payloadType: 13));
        Hear(call, Packet(27, new byte[40], payloadType: 111));
        Hear(call, Packet(28, new byte[500], payloadType: 34));
        Hear(call, Packet(29, []));
        for (int i = 30; i < 40; i++)
        {
            Hear(call, Packet(i));
        }

        Rest(call);
        Numbers.ShouldBe(Enumerable.Range(1000, _heard.Count));
        _heard.Count(p => p[1] % 128 == 101).ShouldBe(5);
        _heard.Where(p => p[1] % 128 == 0).Sum(p => p.Length - 12).ShouldBe(31 * 160);
        Timestamps(0).ShouldBeInOrder();
    }

    [Fact]
    public void The_three_ends_of_an_event_keep_three_numbers()
    {
        var call = new ResizedCall(60);
        Hear(call, Packet(0));
        for (int i = 1; i <= 3; i++)
        {
            Hear(call, Event(i, start: 1, duration: 800, end: true), 0);
        }

        _heard.Where(p => p[1] % 128 == 101).Select(p => BinaryPrimitives.ReadUInt16BigEndian(p.AsSpan(2))).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Audio_before_an_event_or_comfort_noise_leaves_before_it()
    {
        new ResizedCall(60).Trace([Packet(0), Packet(1), Event(2, start: 2, duration: 160, marker: true), Packet(3)])
            .ShouldBe(["#2: 1000/5000 320 M", "#2: 1001/5320 4 M"]);
        new ResizedCall(60).Trace([Packet(0), Packet(1), Packet(2, [60], payloadType: 13)])
            .ShouldBe(["#2: 1000/5000 320 M", "#2: 1001/5320 1"]);
    }

    [Fact]
    public void An_event_that_goes_on_overtakes_audio_that_waits_and_takes_the_next_number()
    {
        var call = new ResizedCall(60);

        call.Trace([Packet(0), Packet(1), Packet(2), Packet(3), Packet(4), Event(5, start: 0, duration: 800)])
            .ShouldBe(["#2: 1000/5000 480 M", "#5: 1001/5000 4"]);
        call.Wait(300).Select(Describe).ShouldBe(["1002/5480 320"]);
    }

    [Fact]
    public void What_is_not_cut_or_joined_keeps_its_distances_so_losses_show()
    {
        var call = new ResizedCall(20);
        foreach (int number in (int[])[0, 1, 4, 5, 9])
        {
            Hear(call, Packet(number));
        }

        Numbers.ShouldBe([1000, 1001, 1004, 1005, 1009]);
    }

    [Fact]
    public void Video_passes_byte_for_byte_whatever_its_order()
    {
        var call = new ResizedCall(20);
        foreach (int number in (int[])[0, 1, 3, 2, 4, 8, 6, 7, 9])
        {
            byte[] packet = RtpBytes.Rtp(65_530 + number, timestamp: (uint)(number / 4 * 3000), payloadType: 34, length: 900);

            call.Send(packet).ShouldHaveSingleItem().ShouldBe(packet);
        }
    }

    [Fact]
    public void A_packet_that_comes_twice_leaves_once()
    {
        var call = new ResizedCall(20);
        foreach (byte[] packet in (byte[][])[Packet(0), Packet(1), Packet(2, [5, 10, 0, 160], payloadType: 101)])
        {
            Hear(call, packet, 0);
            Hear(call, packet);
        }

        Numbers.ShouldBe([1000, 1001, 1002]);
        call.Relay.Workers[0].Statistics.Dropped(DropReason.ResizerDuplicate).ShouldBe(3UL);
        call.Counters().ShouldBe("5 2 3");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public void Numbers_go_on_when_re_framing_ends_begins_and_changes(int ptime)
    {
        var call = new ResizedCall(ptime);
        int number = 65_000 - 1000;
        void Speak()
        {
            for (int i = 0; i < 100; i++)
            {
                Hear(call, Packet(number++));
            }

            Hear(call, Event(number++, start: number, duration: 160));
        }

        Speak();
        call.Relay.Port("U call 192.0.2.10 40000 alice");
        Speak();
        Speak();
        call.Relay.Port("Uz40 call 192.0.2.10 40000 alice");
        Speak();
        call.Relay.Port("Uz20 call 192.0.2.10 40000 alice");
        Speak();
        call.Relay.Port("Uz30 call 192.0.2.10 40000 alice");
        Speak();
        call.Relay.Port("U call 192.0.2.10 40000 alice");
        Speak();
        Rest(call);

        Numbers.Select(n => (ushort)n).ShouldBe(Enumerable.Range(65_000, _heard.Count).Select(n => (ushort)n));
    }

    [Fact]
    public void Re_framing_that_begins_in_mid_stream_goes_on_from_what_was_relayed()
    {
        var call = new ResizedCall(60);
        call.Relay.Port("U call 192.0.2.10 40000 alice");
        Hear(call, Packet(0));
        Hear(call, Packet(2));
        call.Relay.Port("Uz60 call 192.0.2.10 40000 alice");

        foreach (int number in (int[])[1, 3, 4, 5, 6])
        {
            Hear(call, Packet(number));
        }

        Rest(call);
        Numbers.ShouldBe([1000, 1002, .. Enumerable.Range(1003, _heard.Count - 2)]);
    }

    [Fact]
    public void After_re_framing_losses_reordering_and_another_source_show_again()
    {
        var call = new ResizedCall(60);
        for (int i = 0; i < 6; i++)
        {
            Hear(call, Packet(i)); // 1000 and 1001
        }

        call.Relay.Port("U call 192.0.2.10 40000 alice");
        foreach (int number in (int[])[6, 7, 9, 8, 12])
        {
            Hear(call, Packet(number));
        }

        Hear(call, RtpBytes.Rtp(500, ssrc: 99));
        Hear(call, RtpBytes.Rtp(502, ssrc: 99));
        Numbers.ShouldBe([1000, 1001, 1002, 1003, 1005, 1004, 1008, 1009, 1011]);
    }

    [Fact]
    public void No_history_makes_a_number_repeat_or_go_back()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var call = new ResizedCall(random.Next(1, 100));
            _heard.Clear();
            ushort sequence = (ushort)random.Next(65_536);
            uint timestamp = (uint)random.NextInt64(uint.MaxValue);
            uint ssrc = 7;
            for (int i = 0; i < 400; i++)
            {
                switch (random.Next(100))
                {
                    case 0:
                        timestamp = (uint)random.NextInt64(uint.MaxValue);
                        break;
                    case 1:
                        sequence = (ushort)random.Next(65_536);
                        break;
                    case 2:
                        ssrc = (uint)random.Next(3);
                        break;
                    case 3:
                        call.Relay.Port($"Uz{random.Next(1, 100)} call 192.0.2.10 40000 alice");
                        break;
                    case 4:
                        call.Relay.Port("U call 192.0.2.10 40000 alice");
                        break;
                    case 5:
                        Hear(call, [1, 2, 3]);
                        break;
                }

                sequence += (ushort)(random.Next(20) == 0 ? 3 : 1);
                byte type = (byte)(random.Next(8) == 0 ? random.Next(2) == 0 ? 101 : 13 : 0);
                int length = type == 0 ? random.Next(4) == 0 ? random.Next(400) : 160 : 4;
                Hear(call, RtpBytes.Rtp(sequence, ssrc, timestamp, type, marker: random.Next(50) == 0, length: length), random.Next(60));
                timestamp += (uint)(random.Next(10) == 0 ? 1600 : type == 0 ? length : 160);
            }

            Rest(call);
            int[] numbers = [.. _heard.Where(p => p.Length >= 12).Select(p => (int)BinaryPrimitives.ReadUInt16BigEndian(p.AsSpan(2)))];
            for (int i = 1; i < numbers.Length; i++)
            {
                ((short)(numbers[i] - numbers[i - 1])).ShouldBePositive($"seed {seed}, packet {i}");
            }
        }
    }

    private IEnumerable<int> Numbers => _heard.Select(p => (int)BinaryPrimitives.ReadUInt16BigEndian(p.AsSpan(2)));

    private IEnumerable<uint> Timestamps(int payloadType) =>
        _heard.Where(p => p[1] % 128 == payloadType).Select(p => BinaryPrimitives.ReadUInt32BigEndian(p.AsSpan(4)));

    private static byte[] Event(int number, int start, int duration, bool marker = false, bool end = false)
    {
        byte[] packet = RtpBytes.Rtp(1000 + number, 7, 5000 + (uint)(start * 160), 101, marker, length: 4);
        packet[12] = 5;
        packet[13] = (byte)(end ? 0x8A : 0x0A);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), (ushort)duration);
        return packet;
    }

    private void Hear(ResizedCall call, byte[] packet, int millisecondsToNext = 20)
    {
        _heard.AddRange(call.Send(packet, millisecondsToNext));
        _heard.AddRange(call.Later);
    }

    private void Rest(ResizedCall call) => _heard.AddRange(call.Wait(2000));
}
