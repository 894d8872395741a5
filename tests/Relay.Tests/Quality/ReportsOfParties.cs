using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>What parties say about what they receive, and how far away they are (RFC 3550, section 6.4.1).</summary>
public sealed class ReportsOfParties
{
    private const uint AliceSsrc = 7;
    private const uint BobSsrc = 8;
    private const uint ReportId = 0x1234_5678;

    private readonly MeasuredCall _call = new();

    public ReportsOfParties()
    {
        _call.Alice(1);
        _call.Bob(1);
    }

    private ReportedFigures? BehindUsToBob => _call.Report.Callee.Reported;

    [Fact]
    public void A_report_block_about_our_stream_says_how_the_party_receives()
    {
        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, fractionLost: 64, lost: -3, jitter: 240)));
        _call.Relay.AdvanceSeconds(2);

        BehindUsToBob.ShouldBe(new ReportedFigures(null, 0.25, -3, 30, TimeSpan.FromSeconds(2)));
        _call.Report.Caller.Reported.ShouldBeNull("she has said nothing");
        _call.FromAlice.Lost.ShouldBe(0U, "before us and behind us are two things");
    }

    [Fact]
    public void Blocks_about_other_sources_say_nothing()
    {
        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(99, fractionLost: 64), RtcpBytes.Block(BobSsrc)));

        BehindUsToBob.ShouldBeNull();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_way_there_and_back_is_from_our_relaying_to_the_answer_less_the_time_between(bool onRtpPort, bool isAnsweredOnRtpPort)
    {
        _call.AliceReports(RtcpBytes.SenderReport(AliceSsrc, ReportId), onRtpPort);
        _call.Relay.Advance(TimeSpan.FromMilliseconds(1080));
        _call.BobReports(
            RtcpBytes.SenderReport(BobSsrc, 1, RtcpBytes.Block(AliceSsrc, lastReport: ReportId, delay: 65_536)), isAnsweredOnRtpPort);

        BehindUsToBob.ShouldNotBeNull().RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(80));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_is_that_of_the_other_party(bool onRtpPort)
    {
        _call.BobReports(RtcpBytes.SenderReport(BobSsrc, ReportId), onRtpPort);
        _call.Relay.Advance(TimeSpan.FromMilliseconds(1080));
        _call.AliceReports(RtcpBytes.ReceiverReport(AliceSsrc, RtcpBytes.Block(BobSsrc, lastReport: ReportId, delay: 65_536)), onRtpPort);

        _call.Report.Caller.Reported.ShouldNotBeNull().RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(80));
        BehindUsToBob.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_sends_no_RTP_can_be_answered_too(bool onRtpPort)
    {
        var mute = new MeasuredCall();
        mute.AliceReports(RtcpBytes.SenderReport(AliceSsrc, ReportId), onRtpPort);
        mute.Relay.Restart();
        mute.Relay.Advance(TimeSpan.FromMilliseconds(80));
        mute.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(99, lastReport: ReportId)), onRtpPort);
        mute.Report.Callee.Reported.ShouldBeNull("about somebody else");
        mute.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, lastReport: ReportId)), onRtpPort);

        mute.Report.Callee.Reported.ShouldNotBeNull().RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(80));
        mute.Query("rtt_ino rtt_ina").ShouldBe("80.0 -");
    }

    [Fact]
    public void An_answer_may_be_to_one_of_the_last_four_reports()
    {
        for (uint id = 1; id <= 5; id++)
        {
            _call.AliceReports(RtcpBytes.SenderReport(AliceSsrc, id));
            _call.Relay.AdvanceSeconds(1);
        }

        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, lastReport: 1)));
        BehindUsToBob.ShouldNotBeNull().RoundTrip.ShouldBeNull("it was forgotten");
        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, lastReport: 2, delay: 3 * 65_536)));
        BehindUsToBob.ShouldNotBeNull().RoundTrip.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_delay_that_was_made_up_leaves_what_was_known()
    {
        _call.AliceReports(RtcpBytes.SenderReport(AliceSsrc, ReportId));
        _call.Relay.Advance(TimeSpan.FromMilliseconds(50));
        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, lastReport: ReportId)));
        _call.Relay.AdvanceSeconds(1);
        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, lastReport: ReportId, delay: uint.MaxValue)));
        BehindUsToBob.ShouldNotBeNull().RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(50), "minus eighteen hours is none");

        _call.Relay.AdvanceSeconds(15);
        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, lastReport: ReportId)));
        BehindUsToBob.ShouldNotBeNull().RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(50), "nor is a quarter of a minute");
    }

    [Fact]
    public void Where_the_way_is_known_there_is_a_score_of_the_conversation()
    {
        _call.AliceSends(100, first: 2);
        _call.BobReports(RtcpBytes.SenderReport(BobSsrc, ReportId));
        _call.Relay.Advance(TimeSpan.FromMilliseconds(400));
        _call.AliceReports(RtcpBytes.ReceiverReport(AliceSsrc, RtcpBytes.Block(BobSsrc, lastReport: ReportId)));

        // d = 400 / 2 + 60 + 20 = 280 ms: Id = 6.72 + 11.297.
        ReceptionFigures figures = _call.FromAlice;
        figures.ConversationalScore.ShouldNotBeNull().ShouldBe(EModel.Score(93.2 - 6.72 - 11.297), 1e-9);
        figures.Score.ShouldNotBeNull().ShouldBe(4.4093, 1e-4);
    }

    [Fact]
    public void Reports_survive_a_restart()
    {
        _call.AliceReports(RtcpBytes.SenderReport(AliceSsrc, ReportId));
        _call.Relay.Restart();
        _call.Relay.Advance(TimeSpan.FromMilliseconds(70));
        _call.BobReports(RtcpBytes.ReceiverReport(BobSsrc, RtcpBytes.Block(AliceSsrc, lastReport: ReportId)));
        _call.Relay.Restart();

        BehindUsToBob.ShouldNotBeNull().RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(70));
    }

    [Fact]
    public void No_bytes_do_harm()
    {
        var random = new Random(1);
        byte[] report = RtcpBytes.SenderReport(BobSsrc, ReportId, RtcpBytes.Block(AliceSsrc, 1, 2, 3, ReportId, 5));
        for (int length = 0; length <= report.Length; length++)
        {
            _call.BobReports(report[..length]);
            _call.BobReports(report[..length], onRtpPort: true);
        }

        for (int i = 0; i < 5000; i++)
        {
            byte[] garbage = [.. report, .. report];
            for (int changes = random.Next(1, 20); changes > 0; changes--)
            {
                garbage[random.Next(garbage.Length)] = (byte)random.Next(256);
            }

            _call.BobReports(garbage);
            _call.AliceReports(garbage, onRtpPort: true);
            ReportedFigures? reported = BehindUsToBob;
            (reported?.RoundTrip ?? TimeSpan.Zero).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void Reading_reports_allocates_nothing()
    {
        (int worker, PortId port) = _call.Relay.Ports.Find(_call.PortForBob + 1);
        byte[] report = RtcpBytes.SenderReport(BobSsrc, ReportId, RtcpBytes.Block(AliceSsrc, 1, 2, 3, ReportId, 5));
        var sink = new CountingSink();
        var arrival = new Arrival(_call.Relay.Now);

        Allocations.AssertNone(() =>
        {
            RtpBytes.Vary(report);
            _call.Relay.Workers[worker].OnDatagram(port, Call.Bob.WithPort(50_001), report, arrival, ref sink);
        });

        BehindUsToBob.ShouldNotBeNull();
    }
}
