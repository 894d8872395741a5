using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>What holds for a re-packetiser whatever it is given.</summary>
public sealed class ResizerProperties
{
    private static readonly Gen<int> Ptime = Gen.OneOf(Gen.Choose(1, 120), Gen.Choose(1, 999));

    [Fact]
    public void All_payload_bytes_come_out_once_and_in_order()
    {
        Gen<(int Ptime, int Codec, int[] Units)> streams =
            from ptime in Ptime
            from codec in Gen.Elements(0, 8, 9, 18, 3)
            from units in Gen.Choose(1, 6).ArrayOf(60)
            select (ptime, codec, units);

        Prop.ForAll(streams.ToArbitrary(), stream =>
        {
            var resizer = NewResizer(stream.Ptime);
            (int bytes, int samples) = UnitOf(stream.Codec);
            var input = new List<byte>();
            var output = new List<byte>();
            Instant now = new(5_000_000_000);
            uint timestamp = 0xFFFF_F000; // wraps on the way
            for (int i = 0; i < stream.Units.Length; i++)
            {
                byte[] payload = [.. Enumerable.Range(0, stream.Units[i] * bytes).Select(b => (byte)(input.Count + b))];
                input.AddRange(payload);
                Put(resizer, [.. RtpBytes.Rtp(i, timestamp: timestamp, payloadType: (byte)stream.Codec, length: 0), .. payload], now, output)
                    .ShouldBe(ResizerIntake.Taken);
                timestamp += (uint)(stream.Units[i] * samples);
                now += TimeSpan.FromMilliseconds(stream.Units[i] * samples / 8);
                Drain(resizer, now, output);
            }

            Drain(resizer, now + TimeSpan.FromSeconds(10), output);
            output.ShouldBe(input);
            resizer.Count.ShouldBe(0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_is_lost_or_doubled_in_a_network_that_loses_doubles_and_reorders()
    {
        Gen<(int Ptime, (int Number, int Units, int Gap)[] Arrivals)> streams =
            from ptime in Ptime
            from arrivals in (
                from number in Gen.Choose(0, 40)
                from units in Gen.Choose(1, 400)
                from gap in Gen.OneOf(Gen.Constant(20), Gen.Choose(0, 500))
                select (number, units, gap)).ArrayOf(80)
            select (ptime, arrivals);

        Prop.ForAll(streams.ToArbitrary(), stream =>
        {
            var resizer = NewResizer(stream.Ptime);
            var output = new List<byte>();
            Instant now = new(0);
            long taken = 0;
            foreach ((int number, int units, int gap) in stream.Arrivals)
            {
                byte[] packet = RtpBytes.Rtp(number, length: units);
                taken += Put(resizer, packet, now, output) == ResizerIntake.Taken ? units : 0;
                Drain(resizer, now, output);
                now += TimeSpan.FromMilliseconds(gap);
            }

            int left = resizer.Count;
            var rest = new List<byte>();
            Drain(resizer, now + TimeSpan.FromSeconds(3600), rest);
            resizer.Flush().ShouldBeLessThanOrEqualTo(left);
            (output.Count + rest.Count).ShouldBe((int)taken);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void It_does_what_the_rules_say_step_by_step()
    {
        Gen<(int Ptime, (int Step, int Size, int Kind, int Gap)[] Arrivals)> streams =
            from ptime in Gen.OneOf(Gen.Choose(1, 100), Gen.Elements(10, 20, 30, 60, 200))
            from arrivals in (
                from step in Gen.Frequency((12, Gen.Constant(1)), (1, Gen.Choose(-3, 4)), (1, Gen.Constant(1000)))
                from size in Gen.Frequency((6, Gen.Constant(160)), (1, Gen.Choose(1, 500)), (1, Gen.Constant(12)))
                from kind in Gen.Choose(0, 59)
                from gap in Gen.Frequency((6, Gen.Constant(20)), (2, Gen.Choose(0, 60)), (1, Gen.Choose(0, 1000)))
                select (step, size, kind, gap)).ArrayOf(60)
            select (ptime, arrivals);

        Prop.ForAll(streams.ToArbitrary(), stream =>
        {
            var model = new ResizerModel(stream.Ptime);
            var resizer = NewResizer(stream.Ptime);
            byte[] buffer = new byte[PacketPool.MaxLength];
            uint timestamp = uint.MaxValue - 3000;
            uint ssrc = 7;
            byte codec = 0;
            int number = 65_500;
            Instant lastAt = new(10_000_000_000_000);
            int milliseconds = 10_000_000;

            void Compare(Instant at)
            {
                while (model.Take(at.Nanoseconds / 1_000_000_000m) is { } expected)
                {
                    resizer.TryTake(at, buffer, out int length).ShouldBeTrue();
                    byte[] sent = buffer[..length];
                    sent[12..].ShouldBe(expected.Payload);
                    sent[..12].ShouldBe(RtpBytes.Rtp(
                        expected.Sequence, expected.Ssrc, expected.Timestamp, expected.PayloadType, expected.Marker, length: 0));
                }

                resizer.TryTake(at, buffer, out _).ShouldBeFalse();
            }

            // What is due before the next packet comes.
            void Wait(Instant until)
            {
                while (resizer.DueAt(lastAt) is { } due && due < until)
                {
                    (due.Nanoseconds / 1_000_000_000m).ShouldBe(model.Due(lastAt.Nanoseconds / 1_000_000_000m)!.Value);
                    resizer.TryTake(new Instant(due.Nanoseconds - 1), buffer, out _).ShouldBeFalse();
                    Compare(due);
                    lastAt = due;
                }

                lastAt = until;
            }

            foreach ((int step, int size, int kind, int gap) in stream.Arrivals)
            {
                (ssrc, codec) = kind switch
                {
                    0 => (ssrc + 1, codec),
                    1 => (ssrc, (byte)(18 - codec)),
                    _ => (ssrc, codec),
                };
                int samples = codec == 18 ? (size + 9) / 10 * 80 : size;
                byte[] packet = RtpBytes.Rtp(number, ssrc, timestamp, codec, marker: kind % 7 == 0, length: size);
                var now = new Instant(milliseconds * 1_000_000L);
                Wait(now);
                var queued = new ResizerModel.Queued(
                    timestamp, samples, codec, ssrc, (ushort)number, kind % 7 == 0, packet[12..]);
                RtpPacket.TryParse(packet, out RtpPacket view).ShouldBe(RtpParseError.None);
                string judged = model.Judge(queued, milliseconds / 1000m);
                resizer.Judge(view, now).ToString().ShouldBe(judged, StringCompareShould.IgnoreCase);
                Compare(now);
                if (judged == "taken")
                {
                    model.Put(queued, milliseconds / 1000m);
                    resizer.Put(view, now);
                    Compare(now);
                }

                timestamp += (uint)(step * samples);
                number += step;
                (timestamp, number) = kind switch
                {
                    2 => (timestamp - 1_000_000, number), // the clock is set anew, the numbers go on
                    3 => (timestamp + 20_000, number),
                    4 => (timestamp, number - 5_000), // the other way round
                    5 => (timestamp - 900_000, number - 700), // both
                    _ => (timestamp, number),
                };
                milliseconds += gap;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_datagram_is_taken_without_harm()
    {
        Gen<byte[][]> datagrams = (
            from header in Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(12)
            from codec in Gen.Elements(0, 3, 4, 8, 9, 18, 101)
            from payload in Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf()
            select (byte[])[0x80, (byte)codec, .. header[2..], .. payload]).ArrayOf();

        Prop.ForAll(datagrams.ToArbitrary(), Ptime.ToArbitrary(), (packets, ptime) =>
        {
            var resizer = NewResizer(ptime);
            Instant now = new(0);
            foreach (byte[] packet in packets)
            {
                Put(resizer, packet, now, []);
                Drain(resizer, now, []);
                now += TimeSpan.FromMilliseconds(20);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_queue_is_bounded_and_pushes_the_oldest_out()
    {
        var resizer = NewResizer(999);
        var output = new List<byte>();
        for (int i = 0; i < 5_000; i++)
        {
            // One sample each, with gaps, all at the same moment: nothing is ever ready by itself.
            Put(resizer, RtpBytes.Rtp(i, timestamp: (uint)(i * 2), length: 1), new Instant(1), output).ShouldBe(ResizerIntake.Taken);
            Drain(resizer, new Instant(1), output);
            resizer.Count.ShouldBeLessThan(Resizer.MaxQueued);
        }

        (output.Count + resizer.Flush()).ShouldBe(5_000);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    public void Re_framing_allocates_nothing(int ptime)
    {
        var call = new ResizedCall(ptime);
        (int worker, PortId rtp) = call.Relay.Ports.Find(call.Relay.Port("L call 198.51.100.20 50000 alice bob"));
        byte[] packet = RtpBytes.Rtp(0);
        var sink = new CountingSink();
        uint number = 0;

        Allocations.AssertNone(() =>
        {
            number++;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)number);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), number * 160);
            var arrival = new Arrival(call.Relay.Now + TimeSpan.FromMilliseconds(20 * number));
            call.Relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
        });

        sink.Sent.ShouldBeGreaterThan(1_000);
    }

    private static (int Bytes, int Samples) UnitOf(int codec) => codec switch
    {
        18 => (10, 80),
        3 => (33, 160),
        _ => (80, 80),
    };

    private static Resizer NewResizer(int ptime) => new(new PacketPool(), new OutgoingNumbers(), ptime);

    private static ResizerIntake Put(Resizer resizer, byte[] datagram, Instant now, List<byte> output)
    {
        if (RtpPacket.TryParse(datagram, out RtpPacket packet) != RtpParseError.None)
        {
            return ResizerIntake.Passes;
        }

        ResizerIntake intake = resizer.Judge(packet, now);
        Drain(resizer, now, output);
        if (intake == ResizerIntake.Taken)
        {
            resizer.Put(packet, now);
        }

        return intake;
    }

    private static void Drain(Resizer resizer, Instant now, List<byte> output)
    {
        byte[] buffer = new byte[PacketPool.MaxLength];
        while (resizer.TryTake(now, buffer, out int length))
        {
            RtpPacket.TryParse(buffer.AsSpan(0, length), out RtpPacket packet).ShouldBe(RtpParseError.None);
            packet.SampleCount.ShouldBeGreaterThan(0);
            output.AddRange(packet.Payload);
        }
    }
}
