using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>The numbering of what is not re-framed, over more packets than there are numbers (media rules, section 5).</summary>
public sealed class LongNumbering
{
    private const int Packets = 70_000;
    private const int First = 65_000;

    private static readonly Ssrc Stream = new(7);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(31)]
    public void Packets_out_of_order_keep_their_numbers_however_long_the_stream_lasts(int late)
    {
        var numbers = new OutgoingNumbers();
        numbers.Begin(Stream, Number(-1));

        foreach (int i in Reordered(late))
        {
            numbers.OfPassing(Stream, Number(i)).ShouldBe(Number(i), $"packet {i}");
        }
    }

    [Fact]
    public void So_they_do_after_some_were_joined()
    {
        var numbers = new OutgoingNumbers();
        numbers.Begin(Stream, Number(-1));
        numbers.OfMade(Stream, Number(0), isUnchanged: false).ShouldBe(Number(0));
        numbers.OfMade(Stream, Number(2), isUnchanged: false).ShouldBe(Number(1));
        numbers.EndResizing();
        numbers.OfPassing(Stream, Number(4)).ShouldBe(Number(2));

        foreach (int i in Reordered(late: 3))
        {
            numbers.OfPassing(Stream, Number(5 + i)).ShouldBe(Number(3 + i), $"packet {i}");
        }
    }

    [Fact]
    public void A_long_gap_is_kept_and_what_came_late_within_it_too()
    {
        var numbers = new OutgoingNumbers();
        numbers.Begin(Stream, Number(0));

        foreach (int i in (int[])[32_000, 31_990, 64_000, 63_980, 64_001])
        {
            numbers.OfPassing(Stream, Number(i)).ShouldBe(Number(i));
        }
    }

    /// <summary>Every hundredth packet comes after so many that followed it.</summary>
    private static IEnumerable<int> Reordered(int late)
    {
        for (int i = 0; i < Packets; i++)
        {
            if (i % 100 == 50)
            {
                continue;
            }

            yield return i;
            if (i % 100 == 50 + late)
            {
                yield return i - late;
            }
        }
    }

    private static SequenceNumber Number(int i) => new((ushort)(First + i));
}
