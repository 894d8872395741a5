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
