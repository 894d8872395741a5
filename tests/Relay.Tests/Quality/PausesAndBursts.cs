namespace RtpProxy.Relay.Tests.Quality;

/// <summary>
/// A gap in what comes, and much later packets after it: the sender paused and its clock stood still, or the network held packets
/// back. A listener begins anew after the one, and has lost what came too late for him of the other.
/// </summary>
public sealed class PausesAndBursts
{
    private readonly MeasuredCall _call = new();

    [Theory]
    [InlineData(1500)]
    [InlineData(3000)]
    [InlineData(40_000)]
    public void Who_pauses_and_goes_on_with_timestamps_that_stood_still_is_not_late(int pause)
    {
        _call.AliceSends(300);
        for (int i = 300; i < 1000; i++)
        {
            _call.At((20 * i) + pause + (i % 7)); // and as unevenly as ever
            _call.Alice(i);
        }

        Late.ShouldBe(0U);
        _call.FromAlice.MeanLossRun.ShouldBe(0);
        _call.FromAlice.ScoreMinimum.ShouldNotBeNull().ShouldBe(4.409, 1e-3);
        LateOf(1000, 20_000 + pause + 70).ShouldBe(1U, "against those after the pause");
    }

    [Fact]
    public void Who_pauses_again_and_again_is_not_late()
    {
        for (int i = 0; i < 1000; i++)
        {
            _call.At((20 * i) + (i / 100 * 2000));
            _call.Alice(i);
        }

        Late.ShouldBe(0U);
    }

    [Fact]
    public void Packets_that_come_at_once_after_an_outage_are_late_but_for_the_last()
    {
        _call.AliceSends(300);
        OutageTo(16_000, from: 300, tillSequence: 800, between: 0);

        // Held back for 10 s and no more than 60 ms are two things: the last three of 500 are in time.
        Late.ShouldBe(497U);
        _call.FromAlice.Lost.ShouldBe(0U);
        _call.AliceSends(500, first: 800);
        Late.ShouldBe(497U);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    public void A_backlog_that_drains_faster_than_real_time_is_late_until_it_has_caught_up(int between)
    {
        _call.AliceSends(350);
        double at = 8500; // 75 packets are held back; each further one waits behind them
        int late = 0;
        for (int i = 350; i < 1500; i++)
        {
            at = Math.Max(at + between, 20 * i);
            late += at - (20 * i) > 60 ? 1 : 0;
            _call.At(at);
            _call.Alice(i);
        }

        Late.ShouldBeInRange((uint)late - 4, (uint)late);
    }

    [Fact]
    public void A_burst_of_a_few_packets_is_late()
    {
        _call.AliceSends(300);
        _call.At(8000);
        _call.Alice(300);
        _call.Alice(301);
        _call.AliceSends(300, first: 400);

        Late.ShouldBe(2U);
        _call.FromAlice.Lost.ShouldBe(98U);
    }

    [Fact]
    public void Until_a_pause_is_proven_what_came_after_it_is_late_but_spoils_no_interval()
    {
        _call.AliceSends(300);
        _call.At(10_800);
        _call.AliceSends(20, first: 300);

        Late.ShouldBe(20U);
        _call.FromAlice.MeanLossRun.ShouldBe(20);
        _call.FromAlice.LastInterval.ShouldNotBeNull().Late.ShouldBe(0U, "it ended among them");

        _call.AliceSends(20, first: 320);
        Late.ShouldBe(0U);
    }

    [Fact]
    public void A_burst_after_which_the_way_stays_longer_is_late_and_what_follows_is_not()
    {
        _call.AliceSends(300);
        OutageTo(10_000, from: 300, tillSequence: 400, between: 0); // from 4 s late to 2 s late
        for (int i = 400; i < 1000; i++)
        {
            _call.At((20 * i) + 2020);
            _call.Alice(i);
        }

        Late.ShouldBeInRange(90U, 100U);
    }

    [Fact]
    public void A_pause_is_forgiven_over_a_restart()
    {
        _call.AliceSends(300);
        for (int i = 300; i < 600; i++)
        {
            _call.At((20 * i) + 3000);
            _call.Alice(i);
            if (i % 10 == 0)
            {
                _call.Relay.Restart();
            }
        }

        Late.ShouldBe(0U);
    }

    private uint Late => _call.FromAlice.Late;

    private uint LateOf(int sequence, double at)
    {
        uint before = Late;
        _call.At(at);
        _call.Alice(sequence);
        return Late - before;
    }

    /// <summary>Nothing comes until a moment, and then all that was sent.</summary>
    private void OutageTo(double milliseconds, int from, int tillSequence, double between)
    {
        _call.At(milliseconds);
        for (int i = from; i < tillSequence; i++)
        {
            _call.Alice(i);
            _call.Relay.Advance(TimeSpan.FromMilliseconds(between));
        }
    }
}
