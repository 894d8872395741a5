using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Protocols.Rtpp.Tests.Statistics;

public sealed class StatisticNamesTests
{
    [Fact]
    public void Every_counter_has_one_name()
    {
        GlobalCounterNames.All.ShouldBe(Enum.GetValues<GlobalCounter>());
        GlobalCounterNames.All.Select(counter => counter.Text()).ShouldBeUnique();
        foreach (GlobalCounter counter in GlobalCounterNames.All)
        {
            GlobalCounterNames.TryParse(counter.Text(), out GlobalCounter same).ShouldBeTrue();
            same.ShouldBe(counter);
        }
    }

    [Fact]
    public void Every_session_statistic_has_one_name()
    {
        SessionStatisticNames.All.ShouldBe(Enum.GetValues<SessionStatistic>());
        SessionStatisticNames.All.Select(statistic => statistic.Text()).ShouldBeUnique();
        foreach (SessionStatistic statistic in SessionStatisticNames.All)
        {
            SessionStatisticNames.TryParse(statistic.Text(), out SessionStatistic same).ShouldBeTrue();
            same.ShouldBe(statistic);
        }
    }

    [Fact]
    public void Every_quality_statistic_has_one_name_that_the_original_does_not_have()
    {
        QualityStatisticNames.All.ShouldBe(Enum.GetValues<QualityStatistic>());
        QualityStatisticNames.All.Select(statistic => statistic.Text()).ShouldBe(
        [
            "mos_lq_ino", "mos_lq_ina", "mos_lq_min_ino", "mos_lq_min_ina", "jitter_ino", "jitter_ina", "jitter_max_ino",
            "jitter_max_ina", "nlate_ino", "nlate_ina", "nlost_ino", "nlost_ina", "rtt_ino", "rtt_ina", "silent_ino", "silent_ina",
            "verdict",
        ]);
        foreach (QualityStatistic statistic in QualityStatisticNames.All)
        {
            QualityStatisticNames.TryParse(statistic.Text(), out QualityStatistic same).ShouldBeTrue();
            same.ShouldBe(statistic);
            SessionStatisticNames.TryParse(statistic.Text(), out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("NSESS_CREATED"), InlineData("bogus"), InlineData(""), InlineData("ttl")]
    public void Names_of_counters_are_exact(string name) => GlobalCounterNames.TryParse(name, out _).ShouldBeFalse();

    [Fact]
    public void Two_counters_and_four_session_statistics_are_fractions()
    {
        GlobalCounterNames.All.Where(counter => counter.IsFraction()).Select(counter => counter.Text())
            .ShouldBe(["total_duration", "pps_in"]);
        SessionStatisticNames.All.Where(statistic => statistic.IsFraction()).Select(statistic => statistic.Text())
            .ShouldBe(["longest_ipi", "rtpa_jlast", "rtpa_jmax", "rtpa_javg"]);
    }

    [Fact]
    public void A_query_without_names_shows_five() =>
        SessionStatisticNames.Default.Select(statistic => statistic.Text())
            .ShouldBe(["ttl", "npkts_ina", "npkts_ino", "nrelayed", "ndropped"]);
}
