using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>Quality over the control protocol: names of <c>Q</c> beside the original's (control protocol, section 3.12).</summary>
public sealed class QualityQueries
{
    private readonly MeasuredCall _call = new();

    [Fact]
    public void Scores_have_two_decimals_times_one_and_counts_none()
    {
        _call.AliceSends(600, i => i == 400);
        _call.BobReports(RtcpBytes.SenderReport(8, 5));
        _call.Relay.Advance(TimeSpan.FromMilliseconds(123.4));
        _call.AliceReports(RtcpBytes.ReceiverReport(7, RtcpBytes.Block(8, lastReport: 5)));

        _call.Query("mos_lq_ina mos_lq_min_ina jitter_ina jitter_max_ina nlate_ina nlost_ina silent_ina rtt_ino")
            .ShouldBe("4.40 4.38 0.0 0.0 0 1 143.4 -");
    }

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        _call.AliceSends(10);

        _call.Query("mos_lq_ino mos_lq_min_ino mos_lq_min_ina jitter_ino jitter_max_ino rtt_ino rtt_ina silent_ino nlate_ino nlost_ino")
            .ShouldBe("- - - - - - - - 0 0");
    }

    [Fact]
    public void The_way_there_and_back_is_that_of_the_party()
    {
        _call.AliceSends(5);
        _call.Bob(1);
        _call.BobReports(RtcpBytes.SenderReport(8, 5));
        _call.Relay.Advance(TimeSpan.FromMilliseconds(123.4));
        _call.AliceReports(RtcpBytes.ReceiverReport(7, RtcpBytes.Block(8, lastReport: 5)));

        _call.Query("rtt_ina rtt_ino").ShouldBe("123.4 -");
    }

    [Fact]
    public void The_caller_stays_the_caller_whoever_asks()
    {
        _call.AliceSends(100, i => i == 50);

        _call.Query("nlost_ina nlost_ino npkts_ina npkts_ino").ShouldBe("1 0 99 0");
        _call.Query("nlost_ina nlost_ino npkts_ina npkts_ino", "bob alice").ShouldBe("1 0 0 99");
    }

    [Fact]
    public void The_verdict_is_one_word()
    {
        _call.Query("verdict").ShouldBe("waiting");
        _call.AliceSends(600);
        _call.Query("verdict ttl").ShouldBe("one-way 59");
    }

    [Fact]
    public void Verbose_and_default_replies_keep_their_form()
    {
        _call.AliceSends(10);

        _call.Relay.Command("Qv call alice bob nlost_ina verdict").ShouldBe("nlost_ina=0 verdict=waiting");
        _call.Relay.Command("Qv call alice bob").ShouldStartWith("ttl=60 npkts_ina=10 npkts_ino=0 nrelayed=10 ndropped=0");
        _call.Query("mos_lq").ShouldBe("E62");
        _call.Query("mos_lq_ina MOS_LQ_INA").ShouldBe("E62");
    }
}
