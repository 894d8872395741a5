using System.Collections.Immutable;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>The life of a stream in intervals: a call that was good for an hour and is bad now shows it.</summary>
public sealed class Intervals
{
    private readonly MeasuredCall _call = new();

    [Fact]
    public void The_first_ends_after_five_seconds()
    {
        _call.AliceSends(200);
        _call.Report.Caller.History.ShouldBeEmpty();
        _call.FromAlice.LastInterval.ShouldBeNull();

        _call.AliceSends(120, first: 200);

        IntervalFigures first = _call.Report.Caller.History.ShouldHaveSingleItem();
        first.At.ShouldBe(TimeSpan.Zero);
        first.Length.ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        first.Expected.ShouldBeInRange(250U, 300U);
        first.Received.ShouldBe(first.Expected);
        first.Score.ShouldBe(4.409);
        _call.FromAlice.LastInterval.ShouldBe(first);
        _call.Report.Callee.History.ShouldBeEmpty("nothing came");
    }

    [Fact]
    public void Each_has_its_own_losses_and_the_worst_and_the_best_are_remembered()
    {
        _call.At(12_340);
        _call.AliceSends(3000, i => i is >= 1000 and < 1250 && i % 10 == 0);

        ImmutableArray<IntervalFigures> history = _call.Report.Caller.History;
        history.Sum(i => i.Lost).ShouldBe(25);
        history.Count(i => i.Lost > 0).ShouldBe(2);
        history.Zip(history.Skip(1)).ShouldAllBe(pair => pair.First.At + pair.First.Length == pair.Second.At);
        history[0].At.ShouldBe(TimeSpan.FromMilliseconds(12_340));
        ReceptionFigures figures = _call.FromAlice;
        IntervalFigures worst = history.MinBy(i => i.Score);
        figures.ScoreMinimum.ShouldBe(worst.Score);
        figures.ScoreMinimumAt.ShouldBe(worst.At);
        figures.ScoreMaximum.ShouldBe(4.409);
        figures.ScoreMaximumAt.ShouldBe(history[0].At);
        figures.ScoreMean.ShouldNotBeNull().ShouldBe(history.Average(i => i.Score!.Value), 1e-9);
    }

    [Fact]
    public void Of_too_few_packets_no_score_is_made()
    {
        for (int i = 0; i < 40; i++)
        {
            _call.Alice(i, timestamp: (uint)(i * 2000));
            _call.Relay.Advance(TimeSpan.FromMilliseconds(250));
        }

        _call.FromAlice.LastInterval.ShouldNotBeNull().Score.ShouldBeNull();
        _call.FromAlice.LastInterval.ShouldNotBeNull().Expected.ShouldBeInRange(20U, 24U);
        _call.FromAlice.ScoreMean.ShouldBeNull();
    }

    [Fact]
    public void In_silence_there_are_intervals_without_figures()
    {
        _call.AliceSends(100);
        _call.At(20_500);

        IntervalFigures last = _call.FromAlice.LastInterval.ShouldNotBeNull();
        last.Expected.ShouldBe(0U);
        last.Score.ShouldBeNull();
        last.JitterMilliseconds.ShouldBeNull();
    }

    [Fact]
    public void A_long_life_is_told_in_longer_intervals_but_never_in_more_than_64()
    {
        int sequence = 0;
        for (int second = 0; second < 3600; second++)
        {
            for (int i = 0; i < 10; i++, sequence++)
            {
                if (second != 1800 || i == 0)
                {
                    _call.Alice(sequence, timestamp: (uint)sequence * 800);
                }

                _call.Relay.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        ImmutableArray<IntervalFigures> history = _call.Report.Caller.History;
        history.Length.ShouldBeInRange(33, 64);
        history[..^1].ShouldAllBe(i => i.Length >= TimeSpan.FromSeconds(80) && i.Length <= TimeSpan.FromSeconds(81));
        history.Zip(history.Skip(1)).ShouldAllBe(pair => pair.First.At + pair.First.Length == pair.Second.At);
        history.Sum(i => i.Expected).ShouldBeInRange(35_900, 36_000);
        history.Single(i => i.Lost > 0).Lost.ShouldBe(9U);
    }

    [Fact]
    public void The_one_in_which_the_call_ends_counts_if_it_is_long_enough()
    {
        _call.AliceSends(60, i => i == 30);
        for (int i = 0; i < 49; i++)
        {
            _call.Bob(i);
        }

        _call.Relay.Command("D call alice bob").ShouldBe("0");

        SessionReport ended = _call.Relay.Events.Ended.ShouldHaveSingleItem();
        IntervalFigures only = ended.Caller.History.ShouldHaveSingleItem();
        ended.Caller.Reception.LastInterval.ShouldBe(only);
        only.Length.ShouldBe(TimeSpan.FromMilliseconds(1200));
        only.Expected.ShouldBe(60U);
        only.Lost.ShouldBe(1U);
        only.Score.ShouldNotBeNull().ShouldBe(ended.Caller.Reception.Score!.Value, 1e-3);
        ended.Caller.Reception.ScoreMean.ShouldBe(only.Score);
        ended.Caller.Reception.ScoreMinimum.ShouldBe(only.Score);
        ended.Callee.History.ShouldBeEmpty("of 49 packets one would be too much");
        ended.Callee.Reception.LastInterval.ShouldBeNull();
        _call.Relay.Workers[0].Statistics.Histogram(RtpProxy.Relay.Statistics.QualityMeasure.Score).Counts.Sum(c => (long)c).ShouldBe(1);
    }

    [Fact]
    public void What_follows_a_whole_interval_is_one_of_its_own()
    {
        _call.AliceSends(400, i => i >= 340 && i % 5 == 0);
        int before = _call.Report.Caller.History.Length;
        _call.Relay.Command("D call alice bob").ShouldBe("0");

        SessionReport ended = _call.Relay.Events.Ended.ShouldHaveSingleItem();
        ended.Caller.History.Length.ShouldBe(before + 1);
        ended.Caller.History.Sum(i => i.Expected).ShouldBe(ended.Caller.Reception.Expected);
        ended.Caller.Reception.ScoreMinimum.ShouldBe(ended.Caller.History[^1].Score);
        ended.Caller.Reception.RatingMinimum.ShouldNotBeNull().ShouldBeLessThan(ended.Caller.Reception.RatingMean!.Value);
    }

    [Fact]
    public void The_history_survives_a_restart()
    {
        _call.AliceSends(2000, i => i % 77 == 3);
        ImmutableArray<IntervalFigures> before = _call.Report.Caller.History;
        before.Length.ShouldBeGreaterThan(6);

        _call.Relay.Restart();

        _call.Report.Caller.History.ShouldBe(before);
    }
}
