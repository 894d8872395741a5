using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Media;

/// <summary>Each datagram that comes in ends in exactly one counter, whatever happens to its session.</summary>
public sealed class EveryDatagramCounts
{
    [Fact]
    public void Received_is_relayed_or_dropped_for_one_reason()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var relay = new VirtualRelay(new RelayOptions { DoubleSmallPackets = seed % 2 == 0 }, workers: 1 + (seed % 3));
            relay.Prompts.Files[("tone", 0)] = new byte[8_000];
            List<int> ports = [relay.Port("U call x 0 alice")];
            ulong received = 0;
            for (int step = 0; step < 500; step++)
            {
                int port = ports[random.Next(ports.Count)] + random.Next(2);
                relay.Receive(Source(random), port, Datagram(random, step));
                received++;
                relay.AdvanceSeconds(random.NextDouble() * 0.05);
                string? command = random.Next(60) switch
                {
                    0 => "U call 192.0.2.10 40000 alice",
                    1 => "U call x 0 alice",
                    2 => "P call tone 0 alice bob",
                    3 => "S call alice bob",
                    4 => "Uz30 call 192.0.2.10 40000 alice",
                    5 => "U call 192.0.2.10 0 alice",
                    6 => "U copy 203.0.113.1 7000 r1 r2 && L 203.0.113.2 8000 && C call alice bob",
                    7 => "D copy r1",
                    8 when ports.Count > 1 => "L call 198.51.100.20 50000 alice bob",
                    _ => null,
                };
                if (command is not null)
                {
                    relay.Command(command).ShouldNotStartWith("E7");
                }

                if (step == 50)
                {
                    ports.Add(relay.Port("L call x 0 alice bob"));
                }
            }

            relay.Command("D call alice").ShouldBe("0");
            AssertBalance(relay, received, $"seed {seed}");
        }
    }

    [Fact]
    public void What_comes_is_taken_by_the_re_packetiser_or_passes_and_what_that_makes_is_relayed()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var relay = new VirtualRelay();
            relay.Port($"Uz{random.Next(1, 100)} call 192.0.2.10 40000 alice");
            int port = relay.Port("L call 198.51.100.20 50000 alice bob");
            for (int i = 0; i < 300; i++)
            {
                bool isAudio = random.Next(5) > 0;
                int number = Math.Max(0, i - random.Next(random.Next(12) + 1));
                byte[] packet = RtpBytes.Rtp(number, timestamp: (uint)(number * 160), payloadType: (byte)(isAudio ? 0 : 101));
                relay.Receive(Alice, port, packet);
                relay.Advance(TimeSpan.FromMilliseconds(20));
            }

            relay.AdvanceSeconds(3);
            ulong[] global =
            [
                .. relay.Command("G npkts_rcvd npkts_relayed npkts_discard npkts_resizer_in npkts_resizer_out npkts_resizer_discard")
                    .Split(' ').Select(ulong.Parse),
            ];
            global[0].ShouldBe(300UL);
            global[2].ShouldBe(relay.Workers[0].Statistics.Dropped(DropReason.Circling), "the third time that a number came");
            (global[0] - global[2] - global[3]).ShouldBe(global[1] - global[4], "what did not enter went on as it came");
            AssertBalance(relay, 300, $"seed {seed}");
        }
    }

    private static void AssertBalance(VirtualRelay relay, ulong received, string about)
    {
        ulong Sum(DropReason reason) => relay.Workers.Aggregate(0UL, (sum, worker) => sum + worker.Statistics.Dropped(reason));
        ulong[] global =
        [
            .. relay.Command("G npkts_rcvd npkts_relayed npkts_discard npkts_resizer_in npkts_resizer_out npkts_resizer_discard")
                .Split(' ').Select(ulong.Parse),
        ];
        ulong dropped = Enum.GetValues<DropReason>().Aggregate(0UL, (sum, reason) => sum + Sum(reason));

        global[0].ShouldBe(received - Sum(DropReason.SessionIncomplete), about);
        (global[2] + global[5]).ShouldBe(dropped, about);
        global[5].ShouldBe(
            Sum(DropReason.ResizerLate) + Sum(DropReason.ResizerDuplicate) + Sum(DropReason.ResizerFlushed), about);
        if (global[3] == 0)
        {
            (global[1] + global[2]).ShouldBe(received, about);
        }
    }

    private static Endpoint Source(Random random) => random.Next(6) switch
    {
        0 => Mallory,
        1 => At("198.18.0.1", 1_000),
        2 or 3 => Bob,
        _ => Alice,
    };

    private static byte[] Datagram(Random random, int step) => random.Next(8) switch
    {
        0 => RtpBytes.ReceiverReport(),
        1 => [],
        2 => RtpBytes.Rtp(random.Next(1 << 16), length: random.Next(300)),
        3 => RtpBytes.Rtp(step, payloadType: 101, length: 4),
        _ => RtpBytes.Rtp(step),
    };
}
