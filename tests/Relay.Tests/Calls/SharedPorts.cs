using RtpProxy.Relay.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>RTCP on the port of RTP, agreed with each party for itself (RFC 5761; ng protocol).</summary>
public sealed class SharedPorts
{
    private const RtcpMuxFacts Demux = RtcpMuxFacts.IsSaid | RtcpMuxFacts.IsDecided | RtcpMuxFacts.IsDone;
    private const RtcpMuxFacts PassedOn = RtcpMuxFacts.IsSaid | RtcpMuxFacts.IsOffered;

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;

    public SharedPorts() => _call = new WholeCall(_relay);

    [Fact]
    public void With_both_parties_all_goes_by_one_port()
    {
        (int forBob, int forAlice) = SetUp(PassedOn, RtcpMuxFacts.IsSaid);

        Report(Alice, forAlice).ShouldBe(Bob);
        Report(Bob, forBob).ShouldBe(Alice);
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
    }

    [Fact]
    public void With_one_party_reports_change_ports_on_their_way()
    {
        (int forBob, int forAlice) = SetUp(Demux, RtcpMuxFacts.None);

        Report(Alice, forAlice).ShouldBe(Bob.WithPort(50_001));
        Report(Bob.WithPort(50_001), forBob + 1).ShouldBe(Alice);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void What_the_other_party_does_not_take_is_done_with_nobody()
    {
        (int forBob, int forAlice) = SetUp(PassedOn, RtcpMuxFacts.None);

        Report(Alice.WithPort(40_001), forAlice + 1).ShouldBe(Bob.WithPort(50_001));
        Report(Bob.WithPort(50_001), forBob + 1).ShouldBe(Alice.WithPort(40_001));
    }

    [Fact]
    public void It_goes_on_with_who_does_it_whatever_the_next_offer_says()
    {
        (int forBob, int forAlice) = SetUp(PassedOn, RtcpMuxFacts.IsSaid);

        _call.Offer("a", "b", Audio(Alice) with { RtcpMux = Demux }).Ports[0]!.Value.IsRtcpMuxed.ShouldBeTrue("so that Bob is told");
        _call.Answer("a", "b", Audio(Bob) with { RtcpMux = RtcpMuxFacts.IsSaid });

        Report(Alice, forAlice).ShouldBe(Bob);
        Report(Bob, forBob).ShouldBe(Alice);
    }

    private (int ForBob, int ForAlice) SetUp(RtcpMuxFacts offered, RtcpMuxFacts answered)
    {
        int forBob = _call.Offer("a", null, Audio(Alice) with { RtcpMux = offered }).Port();
        return (forBob, _call.Answer("a", "b", Audio(Bob) with { RtcpMux = answered }).Port());
    }

    private Rtp.Endpoint Report(in Rtp.Endpoint from, int port) =>
        _relay.Receive(from, port, RtpBytes.ReceiverReport()).ShouldHaveSingleItem().To;
}
