using RtpProxy.Relay.Quality;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>When packets come: how far apart, how far off the sender's clock, and in which order (keys of Homer; docs/operations.md, Homer).</summary>
public sealed class TimingOfStreams
{
    private readonly MeasuredCall _call = new();

    [Fact]
    public void Of_one_packet_there_is_nothing_to_compare()
    {
        _call.Alice(65_535);

        From.LastSequence.ShouldBe(new Rtp.SequenceNumber(65_535));
        From.DeltaMilliseconds.ShouldBeNull();
        From.DeltaMaximumMilliseconds.ShouldBeNull();
        From.SkewMilliseconds.ShouldBe(0);
        From.OutOfOrder.ShouldBe(0U);
    }

    [Fact]
    public void Packets_are_so_far_apart_and_so_far_off_the_clock_of_their_sender()
    {
        foreach ((int sequence, double at) in (ReadOnlySpan<(int, double)>)[(0, 100), (1, 120), (2, 155), (3, 155), (4, 178)])
        {
            _call.At(at);
            _call.Alice(sequence);
        }

        From.LastSequence.ShouldBe(new Rtp.SequenceNumber(4));
        From.DeltaMilliseconds.ShouldBe(23);
        From.DeltaMaximumMilliseconds.ShouldBe(35);
        From.SkewMilliseconds.ShouldBe(2, "early");
        From.SkewMaximumMilliseconds.ShouldBe(-15, "the third was late");
    }

    [Fact]
    public void A_clock_that_is_wrong_shows()
    {
        for (int i = 0; i < 3000; i++)
        {
            _call.At(i * 20.01);
            _call.Alice(i);
        }

        From.SkewMilliseconds.ShouldNotBeNull().ShouldBe(-30, 0.2);
    }

    [Fact]
    public void A_talk_spurt_and_another_source_begin_anew()
    {
        _call.AliceSends(10);
        _call.At(5000);
        _call.Alice(10, timestamp: 1600, marker: true);
        From.SkewMaximumMilliseconds.ShouldBe(0);
        From.DeltaMaximumMilliseconds.ShouldBe(4820);

        _call.At(15_000);
        _call.Alice(7, ssrc: 77);
        From.DeltaMaximumMilliseconds.ShouldBe(4820, "between two sources there is no such time");
        From.SkewMilliseconds.ShouldBe(0);
    }

    [Fact]
    public void What_was_overtaken_came_out_of_order_and_what_came_twice_did_not()
    {
        foreach (int sequence in (ReadOnlySpan<int>)[1, 2, 5, 3, 4, 4, 6, 6, 8, 7, 2])
        {
            _call.Alice(sequence);
        }

        From.OutOfOrder.ShouldBe(3U);
        From.Duplicates.ShouldBe(3U);
    }

    [Fact]
    public void Mean_and_lowest_rating_are_those_of_the_intervals()
    {
        _call.AliceSends(3000, i => i is >= 1000 and < 1250 && i % 10 == 0);

        From.RatingMinimum.ShouldNotBeNull().ShouldBe(93.2 - Impairment(From.ScoreMinimum!.Value), 0.05);
        From.RatingMean.ShouldNotBeNull().ShouldBeInRange(From.RatingMinimum.Value, 93.2);
    }

    [Fact]
    public void It_all_survives_a_restart()
    {
        _call.AliceSends(600, i => i % 40 == 3);
        _call.Alice(590);
        _call.Alice(700, marker: true);
        _call.Alice(699);
        ReceptionFigures before = From;

        _call.Relay.Restart();

        From.ShouldBe(before);
    }

    private ReceptionFigures From => _call.FromAlice;

    /// <summary>What is missing to the best rating where MOS is so much, by trying.</summary>
    private static double Impairment(double score)
    {
        double impairment = 0;
        while (EModel.Score(93.2 - impairment) > score)
        {
            impairment += 0.001;
        }

        return impairment;
    }
}
