using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>RTCP goes where the party's RTP goes, and comes from there.</summary>
public sealed class ReportSources
{
    private static readonly Endpoint New = At("192.0.2.77", 41_000);

    private readonly VirtualRelay _relay = new();

    [Fact]
    public void Reports_follow_the_media_to_a_new_address()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        _relay.Command($"U call {New.ToIPAddress()} {New.Port} alice");

        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(New.WithPort(41_001));
        call.ReportFromAlice(Mallory).ShouldBeNull();
        call.ReportFromAlice(New.WithPort(7)).ShouldBe(Bob.WithPort(50_001));
        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(New.WithPort(7));
    }

    [Fact]
    public void Reports_of_a_party_behind_a_port_translator_follow_the_media_to_a_new_address()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        call.ReportFromAlice(Alice.WithPort(777));
        _relay.Command($"U call {New.ToIPAddress()} {New.Port} alice");

        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(New.WithPort(41_001));
    }

    [Fact]
    public void Reports_return_with_the_media_when_a_description_was_wrong()
    {
        var call = new Call(_relay);
        call.AliceSpeaks(1);
        _relay.Command("U call 10.0.0.1 4000 alice");
        for (int i = 2; i < 120; i++)
        {
            call.AliceSpeaks(i);
            _relay.AdvanceSeconds(0.020);
        }

        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(Alice.WithPort(40_001));
    }

    [Fact]
    public void Reports_of_an_asymmetric_party_come_from_its_host_and_go_where_it_says()
    {
        var call = new Call(_relay, modifiers: "a");

        call.ReportFromAlice(Mallory).ShouldBeNull();
        call.ReportFromAlice(Alice.WithPort(9)).ShouldBe(Bob.WithPort(50_001));
        call.ReportFromAlice(Alice.WithPort(10)).ShouldBe(Bob.WithPort(50_001));

        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBe(Alice.WithPort(40_001));
    }

    [Fact]
    public void A_media_line_that_is_refused_by_port_0_gets_no_reports()
    {
        _relay.Port("U c 192.0.2.10 0 alice");
        int forAlice = _relay.Port($"L c {Bob.ToIPAddress()} {Bob.Port} alice bob");
        int forBob = _relay.Port("U c 192.0.2.10 0 alice");

        _relay.Receive(Bob.WithPort(50_001), forBob + 1, RtpBytes.ReceiverReport()).ShouldBeEmpty();
        forAlice.ShouldNotBe(forBob);
    }

    [Fact]
    public void Reports_at_port_0_after_65535_go_nowhere()
    {
        _relay.Port("U c 192.0.2.10 65535 alice");
        _relay.Port($"L c {Bob.ToIPAddress()} {Bob.Port} alice bob");
        int forBob = _relay.Port("U c 192.0.2.10 65535 alice");

        _relay.Receive(Bob.WithPort(50_001), forBob + 1, RtpBytes.ReceiverReport()).ShouldBeEmpty();
        _relay.Receive(Bob, forBob, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(At("192.0.2.10", 65_535));
    }

    [Fact]
    public void A_host_whose_reports_stopped_may_report_from_another_port()
    {
        var call = Call.BehindNat(_relay);
        Endpoint natted = At("198.18.0.1", 1_000);
        call.FromAlice(natted, RtpBytes.Rtp(1));
        call.ReportFromAlice(natted.WithPort(1_777)).ShouldBe(Bob.WithPort(50_001));
        call.ReportFromAlice(natted.WithPort(1_888)).ShouldBeNull();
        _relay.Advance(LatchTimes.Forgotten);

        call.ReportFromAlice(natted.WithPort(1_888)).ShouldBe(Bob.WithPort(50_001));
    }
}
