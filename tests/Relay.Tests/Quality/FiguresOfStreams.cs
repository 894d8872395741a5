using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>What is measured on the packets of a party (media rules, section 4.5), in virtual time.</summary>
public sealed class FiguresOfStreams
{
    private readonly MeasuredCall _call = new();

    [Fact]
    public void A_stream_without_a_fault_has_the_best_score_of_its_codec()
    {
        _call.AliceSends(500);

        ReceptionFigures figures = _call.FromAlice;
        figures.Packets.ShouldBe(500UL);
        figures.Bytes.ShouldBe(500UL * 172);
        figures.Expected.ShouldBe(500U);
        figures.Lost.ShouldBe(0U);
        figures.Late.ShouldBe(0U);
        figures.PacketMilliseconds.ShouldBe(20);
        figures.ClockRateHz.ShouldBe(8000);
        figures.PayloadType.ShouldBe(new Rtp.PayloadType(0));
        figures.MeanLossRun.ShouldBe(0);
        figures.BurstRatio.ShouldBe(1);
        figures.BurstDensity.ShouldBe(0);
        figures.GapDensity.ShouldBe(0);
        figures.GapDuration.ShouldBe(TimeSpan.FromSeconds(10));
        figures.Rating.ShouldNotBeNull().ShouldBe(93.2, 1e-9);
        figures.Score.ShouldNotBeNull().ShouldBe(4.4093, 1e-4);
        figures.ConversationalScore.ShouldBeNull("no round-trip time is known");
        _call.FromBob.Score.ShouldBeNull("nothing came");
    }

    [Fact]
    public void Lost_packets_are_those_whose_numbers_never_come()
    {
        _call.AliceSends(1000, i => i % 100 == 50);

        ReceptionFigures figures = _call.FromAlice;
        figures.Lost.ShouldBe(10U);
        figures.LossRate.ShouldBe(0.01);
        figures.MeanLossRun.ShouldBe(1);
        figures.BurstRatio.ShouldBe(1);
        figures.GapDensity.ShouldBe(0.01, 1e-4);
        figures.BurstDensity.ShouldBe(0);
        figures.Rating.ShouldNotBeNull().ShouldBe(89.560, 1e-3);
        figures.Score.ShouldNotBeNull().ShouldBe(4.328, 1e-3);
    }

    [Fact]
    public void Losses_in_a_row_weigh_more()
    {
        _call.AliceSends(1000, i => i % 100 is >= 50 and < 55);

        ReceptionFigures figures = _call.FromAlice;
        figures.Lost.ShouldBe(50U);
        figures.MeanLossRun.ShouldBe(5);
        figures.BurstRatio.ShouldBe(4.75);
        figures.BurstDensity.ShouldBe(1);
        figures.BurstDuration.ShouldBe(TimeSpan.FromMilliseconds(100));
        figures.GapDensity.ShouldBe(0);
        figures.Rating.ShouldNotBeNull().ShouldBe(93.2 - (95 * 5 / ((5 / 4.75) + 25.1)), 1e-9);
    }

    [Fact]
    public void What_comes_in_another_order_in_time_is_not_lost()
    {
        for (int i = 0; i < 300; i += 3)
        {
            _call.Alice(i);
            _call.Relay.Advance(MeasuredCall.Ptime * 2);
            _call.Alice(i + 2);
            _call.Alice(i + 1);
            _call.Relay.Advance(MeasuredCall.Ptime);
        }

        ReceptionFigures figures = _call.FromAlice;
        figures.Lost.ShouldBe(0U);
        figures.Late.ShouldBe(0U);
        figures.MeanLossRun.ShouldBe(0);
        figures.Score.ShouldNotBeNull().ShouldBe(4.4093, 1e-4);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    [InlineData(1000, 1)]
    public void A_packet_is_late_when_the_buffer_has_run_out(int milliseconds, int late)
    {
        var held = new List<(double At, int Sequence)>();
        for (int i = 0; i < 200; i++)
        {
            held.Add((20 * i + (i == 100 ? milliseconds : 0), i));
        }

        foreach ((double at, int sequence) in held.OrderBy(p => p.At))
        {
            _call.At(at);
            _call.Alice(sequence);
        }

        ReceptionFigures figures = _call.FromAlice;
        figures.Late.ShouldBe((uint)late);
        figures.Lost.ShouldBe(0U, "it came");
        figures.MeanLossRun.ShouldBe(late, "to the listener it is as good as lost");
        figures.DiscardRate.ShouldBe(late / 200.0);
    }

    [Fact]
    public void A_late_packet_that_comes_twice_is_late_once()
    {
        _call.AliceSends(10);
        _call.At(10_000);
        _call.Alice(10);
        _call.Alice(10);

        _call.FromAlice.Late.ShouldBe(1U);
        _call.FromAlice.Duplicates.ShouldBe(1U);
    }

    [Fact]
    public void A_talk_spurt_begins_the_reference_anew()
    {
        _call.AliceSends(100);
        _call.At(3000);
        _call.Alice(100, timestamp: 100 * 160, marker: true); // the timestamps stood still in the silence
        _call.At(3020);
        _call.Alice(101);

        _call.FromAlice.Late.ShouldBe(0U);
    }

    [Fact]
    public void A_stream_that_becomes_early_is_judged_from_there()
    {
        _call.At(100);
        _call.Alice(0); // held up by 100 ms
        for (int i = 5; i < 50; i++)
        {
            _call.At(20 * i);
            _call.Alice(i);
        }

        _call.At((20 * 50) + 70);
        _call.Alice(50); // 70 ms behind its fellows, but early against the first

        _call.FromAlice.Late.ShouldBe(1U);
    }

    [Fact]
    public void A_clock_that_is_wrong_makes_no_packet_late()
    {
        const double Sender = 20 * 1.0002; // 200 ppm slow: 240 ms in twenty minutes
        for (int i = 0; i < 60_000; i++)
        {
            _call.At(Sender * i);
            _call.Alice(i);
        }

        _call.FromAlice.Late.ShouldBe(0U);
    }

    [Fact]
    public void A_way_that_becomes_longer_makes_packets_late_until_a_listener_would_begin_anew()
    {
        _call.AliceSends(500);
        for (int i = 500; i < 3000; i++)
        {
            _call.At((20 * i) + 200);
            _call.Alice(i);
        }

        _call.FromAlice.Late.ShouldBeInRange(200U, 600U);
        _call.FromAlice.LastInterval.ShouldNotBeNull().Late.ShouldBe(0U);
    }

    [Fact]
    public void Another_source_is_another_stream_without_a_loss_between()
    {
        _call.AliceSends(100);
        for (int i = 40_000; i < 40_100; i++)
        {
            _call.Alice(i, ssrc: 77);
            _call.Relay.Advance(MeasuredCall.Ptime);
        }

        ReceptionFigures figures = _call.FromAlice;
        figures.Expected.ShouldBe(200U);
        figures.Lost.ShouldBe(0U);
        figures.Late.ShouldBe(0U);
        figures.MeanLossRun.ShouldBe(0);
        figures.SsrcChanges.ShouldBe(2U);
    }

    [Theory]
    [InlineData(30_000, 0)] // far behind
    [InlineData(40_000, 0)] // far ahead, modulo 2^16
    [InlineData(0, 25_000)]
    public void Numbers_and_clock_that_begin_anew_make_no_packet_late_though_the_source_is_the_same(int first, int then)
    {
        _call.AliceSends(300, first: first);
        _call.AliceSends(500, first: then);

        ReceptionFigures figures = _call.FromAlice;
        figures.Expected.ShouldBe(800U);
        figures.Lost.ShouldBe(0U);
        figures.Late.ShouldBe(0U);
        figures.ScoreMinimum.ShouldNotBeNull().ShouldBe(4.409, 0.001);
    }

    [Fact]
    public void A_packet_from_long_ago_changes_nothing_for_those_that_follow()
    {
        _call.AliceSends(1_500);
        _call.Alice(700);
        _call.AliceSends(200, i => i == 1_600, first: 1_500);
        _call.Alice(1_600);
        _call.AliceSends(100, first: 1_700);

        _call.FromAlice.Late.ShouldBe(1U, "that of number 1600");
    }

    [Fact]
    public void Numbers_go_on_after_the_last_one()
    {
        _call.AliceSends(300, i => i == 65_600, first: 65_400);

        _call.FromAlice.Lost.ShouldBe(1U);
        _call.FromAlice.MeanLossRun.ShouldBe(1);
        _call.FromAlice.PacketMilliseconds.ShouldBe(20);
    }

    [Theory]
    [InlineData(9, "G.722 is wideband")]
    [InlineData(97, "the signalling alone knows")]
    public void A_codec_without_a_row_has_no_score(byte payloadType, string why)
    {
        _call.AliceSends(600, payloadType: payloadType);

        ReceptionFigures figures = _call.FromAlice;
        figures.Score.ShouldBeNull(why);
        figures.ScoreMean.ShouldBeNull();
        figures.LastInterval.ShouldNotBeNull().Score.ShouldBeNull();
        figures.PayloadType.ShouldBe(new Rtp.PayloadType(payloadType));
        figures.Expected.ShouldBe(600U);
    }

    [Fact]
    public void Digits_among_speech_change_neither_codec_nor_score()
    {
        for (int i = 0; i < 600; i++)
        {
            bool isDigit = i % 100 is >= 60 and < 80;
            _call.Alice(
                i,
                timestamp: (uint)(160 * (isDigit ? i - (i % 20) : i)),
                payloadType: isDigit ? (byte)101 : (byte)0,
                marker: isDigit && i % 20 == 0,
                length: isDigit ? 4 : 160);
            _call.Relay.Advance(MeasuredCall.Ptime);
        }

        ReceptionFigures figures = _call.FromAlice;
        figures.PayloadType.ShouldBe(new Rtp.PayloadType(0));
        figures.Score.ShouldNotBeNull().ShouldBe(4.4093, 1e-4);
        figures.Late.ShouldBe(0U);
        figures.PacketMilliseconds.ShouldBe(20);
        figures.JitterLastMilliseconds.ShouldNotBeNull();
    }

    [Fact]
    public void A_codec_that_the_signalling_changes_to_takes_the_score_away()
    {
        _call.AliceSends(300);
        _call.AliceSends(900, first: 300, payloadType: 97);

        _call.FromAlice.LastInterval.ShouldNotBeNull().Score.ShouldBeNull();
        _call.FromAlice.Score.ShouldBeNull("most of it was something else");
        _call.FromAlice.ScoreMaximum.ShouldNotBeNull().ShouldBe(4.409, 1e-3);
    }

    [Fact]
    public void The_worker_counts_the_intervals_of_all_streams()
    {
        _call.AliceSends(600, i => i % 50 == 0);

        RelayStatistics statistics = _call.Relay.Workers[0].Statistics;
        QualityHistogram scores = statistics.Histogram(QualityMeasure.Score);
        scores.Counts.Sum(c => (long)c).ShouldBe(2);
        scores.Sums.Sum().ShouldBe(2 * 4.24, 0.05);
        scores.Sums[scores.Bounds.IndexOf(4.3)].ShouldBe(scores.Sums.Sum());
        scores.Counts.Length.ShouldBe(scores.Bounds.Length + 1);
        QualityHistogram losses = statistics.Histogram(QualityMeasure.LossRatio);
        losses.Counts[losses.Bounds.IndexOf(0.02)].ShouldBe(2UL);
        statistics.Histogram(QualityMeasure.Jitter).Counts[0].ShouldBe(2UL);
    }

    [Fact]
    public void It_counts_packets_and_bytes_by_what_the_port_is_for()
    {
        _call.AliceSends(10);
        _call.AliceReports(TestKit.Virtual.RtpBytes.ReceiverReport());

        RelayStatistics statistics = _call.Relay.Workers[0].Statistics;
        statistics.Traffic(StreamKind.Rtp).ShouldBe(new TrafficTotals(10, 1720, 10, 1720));
        statistics.Traffic(StreamKind.Rtcp).ShouldBe(new TrafficTotals(1, 8, 1, 8));
    }
}
