using RtpProxy.ExtractAudio.Loading;
using RtpProxy.ExtractAudio.Mixing;
using RtpProxy.Rtp;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>The order kept in blocks, mostly on disk, against a plain list.</summary>
public sealed class PacketOrderTests
{
    [Theory]
    [InlineData("in order", 5_000)]
    [InlineData("nearly in order", 5_000)]
    [InlineData("backwards", 5_000)]
    [InlineData("two streams", 5_000)]
    [InlineData("restarts", 5_000)]
    [InlineData("random", 3_000)]
    public void Packets_are_put_where_a_walk_from_the_end_puts_them(string pattern, int count)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            Random random = new(seed);
            using SpillFile spill = new();
            PacketOrder order = new(spill);
            List<PacketEntry> list = [];
            for (int i = 0; i < count; i++)
            {
                PacketEntry packet = Make(pattern, i, random);
                order.TryInsert(packet).ShouldBe(InsertLiterally(list, packet), $"{pattern} {seed} {i}");
            }

            order.First.ShouldBe(list[0]);
            PacketCursor cursor = new(order.Blocks, spill);
            List<PacketEntry> read = [];
            while (cursor.TryPeek(out PacketEntry packet))
            {
                read.Add(packet);
                cursor.Advance();
            }

            read.SequenceEqual(list).ShouldBeTrue($"{pattern} {seed}");
            order.Blocks.Count(block => block.IsInMemory).ShouldBeLessThanOrEqualTo(2);
        }
    }

    private static PacketEntry Make(string pattern, int i, Random random)
    {
        (int sequence, long timestamp) = pattern switch
        {
            "in order" => (i, 160L * i),
            "nearly in order" => (i + random.Next(-40, 40), 160L * (i + random.Next(-40, 40))),
            "backwards" => (60_000 - i, 160L * (60_000 - i)),
            "two streams" => i % 2 == 0 ? (i, 160L * i) : (30_000 - i, 160L * (30_000 - i)),
            "restarts" => (((i % 700) + 5_000) - (i / 700 * 700), (160L * ((i % 700) + 5_000)) - (i / 700 * 112_000)),
            _ => (random.Next(65_536), random.NextInt64(1L << 32)),
        };
        return new PacketEntry
        {
            PayloadOffset = i,
            ArrivalSeconds = i * 0.02,
            Timestamp = new RtpTimestamp((uint)timestamp),
            Sequence = new SequenceNumber((ushort)sequence),
            PayloadLength = 160,
            PayloadType = PayloadType.Pcmu,
            Store = PayloadStore.AnswerRecording,
        };
    }

    private static bool InsertLiterally(List<PacketEntry> list, PacketEntry packet)
    {
        int place = list.Count;
        for (; place > 0; place--)
        {
            PacketEntry other = list[place - 1];
            if (other.Sequence == packet.Sequence)
            {
                return false;
            }

            if (other.Timestamp.Value < packet.Timestamp.Value || other.Sequence.Value < packet.Sequence.Value)
            {
                break;
            }
        }

        list.Insert(place, packet);
        return true;
    }
}
