using System.Net;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>What sentences must not claim: a cause that there was not, an address that nobody told, a count of something else.</summary>
public sealed class NearTexts
{
    private static readonly LocalAddress Any = new(IPAddress.Any);

    private readonly VirtualRelay _relay = new(new VirtualRelayOptions
    {
        Addresses = new VirtualAddressBook(Any, new LocalAddress(IPAddress.IPv6Any)),
        Own = new VirtualOwnAddresses(new OwnAddresses([At("192.0.2.2", 0)], [At("192.0.2.2", 0)], [Any], [At("192.0.2.2", 7722)], [])),
    });

    [Fact]
    public void A_hold_by_IPv6_is_told_so()
    {
        var talk = new Talk(_relay).For(2);
        _relay.Port("U6 call :: 40000 alice bob");

        Sentence(talk.Silence(10)).ShouldBe("The caller is on hold (::): no fault.");
        _relay.Port("U call 0.0.0.0 40000 alice bob");
        Sentence(talk.Silence(10)).ShouldBe("The caller is on hold (0.0.0.0): no fault.");
    }

    [Fact]
    public void A_party_that_was_only_ever_at_the_unspecified_address_of_IPv6_is_told_so()
    {
        int portForBob = _relay.Port("U6 call 2001:db8::10 40000 alice");
        int portForAlice = _relay.Port("L6 call :: 50000 alice bob");
        for (int i = 0; i < 80; i++)
        {
            _relay.Receive(At("2001:db8::10", 40_000), portForAlice, RtpBytes.Rtp(i));
            _relay.Advance(TimeSpan.FromMilliseconds(100));
        }

        portForBob.ShouldBeGreaterThan(0);
        VerdictSentences.Of(SessionReports.Of(_relay.Workers[0].AllSessions[0], _relay.Now)).ShouldStartWith(
            "The callee was never said to be anywhere but at ::, which is nowhere, and was not heard");
    }

    [Fact]
    public void The_answer_that_sets_a_call_up_is_no_hold_and_no_transfer()
    {
        _relay.Port($"U call {Text(Alice)} alice");
        _relay.AdvanceSeconds(3);
        var talk = new Talk(_relay, new Call(_relay));

        Sentence(talk.For(1).OnlyAlice(10)).ShouldEndWith(
            "while the caller goes on; the answer (L) of the callee came 0.9 s before: the call was set up by it: what came before was early media, "
            + "or what it told the parties is wrong.");

        talk.For(20);
        _relay.Port($"L call {Text(Bob)} alice bob");
        Sentence(talk.For(1).OnlyAlice(10)).ShouldContain("the call was set up by it", Case.Sensitive, "the same answer once more");
    }

    [Fact]
    public void A_further_offer_and_its_answer_may_be_a_hold_or_a_transfer()
    {
        var talk = new Talk(_relay).For(20);
        _relay.Port($"U call {Text(Alice)} alice bob");
        _relay.Port($"L call {Text(Bob)} alice bob");

        Sentence(talk.For(1).OnlyAlice(10)).ShouldEndWith(
            "the answer (L) of the callee came 0.9 s before: a hold or a transfer, or what it told the parties is wrong.");
    }

    [Fact]
    public void What_the_network_tells_is_not_counted_as_packets()
    {
        var talk = new Talk(_relay);
        int i = 0;
        talk.OnlyAlice(7, () =>
        {
            if (i++ % 10 == 0)
            {
                _relay.TellUndelivered(talk.Call.PortForBob, Bob, SendOutcome.PortClosed);
            }
        });

        Sentence(talk).ShouldBe(
            "Packets for the callee do not get to 198.51.100.20:50000: the host there says that the port is closed, as the network has told 7 times for 7.0 s; "
            + "the callee itself was never heard.");
        talk.Report.Callee.SendFault.ShouldNotBeNull().IsTold.ShouldBeTrue();
    }

    [Fact]
    public void A_party_whose_packets_go_round_in_a_circle_has_not_stopped()
    {
        var talk = new Talk(_relay).For(9);
        byte[] packet = RtpBytes.Rtp(91, ssrc: 8, timestamp: 91 * 800);
        talk.OnlyAlice(20, () => talk.Call.FromBob(Bob, packet));

        talk.Words.ShouldBe("one-way-stopped Callee");
        Sentence(talk).ShouldMatch(
            "^The callee is not heard any more, while the caller goes on: what comes from 198.51.100.20:50000 to its port for [0-9]+ s goes round in a circle "
            + "and is dropped, [0-9]+ packets so far; look at which relays and phones were told each other's addresses.$");
        VerdictSentences.Of(talk.Report, Side.Callee).ShouldContain("what comes to its port goes round in a circle and is dropped");

        Sentence(talk.OnlyAlice(10)).ShouldContain("no command came with it", Case.Sensitive, "nothing comes any more");
    }

    [Theory]
    [InlineData("192.0.2.2", 9, "one-way", ", an address of this host itself, and nothing came")] // whose network has one host
    [InlineData("192.0.2.2", 7722, "private-address", ", a port of this relay itself, and it was not heard")]
    [InlineData("127.0.0.1", 7722, "private-address", ", a loopback address")]
    [InlineData("239.1.2.3", 5000, "private-address", ", an address of no host, and it was not heard")]
    public void Addresses_that_are_ours_are_not_those_of_nobody(string host, int port, string verdict, string words)
    {
        var talk = new Talk(_relay, new Call(_relay, bob: At(host, port))).OnlyAlice(7);

        talk.Words.ShouldBe($"{verdict} Callee");
        Sentence(talk).ShouldContain(words);
    }

    [Fact]
    public void A_port_of_another_call_is_a_port_of_ours()
    {
        var other = new Call(_relay, "other");
        var talk = new Talk(_relay, new Call(_relay, bob: At("192.0.2.2", other.PortForBob))).OnlyAlice(7);

        talk.Words.ShouldBe("one-way Callee", "calls may come through here twice");
        Sentence(talk).ShouldContain(", a port of this relay itself, for another call, and nothing came from there");
    }

    [Theory]
    [InlineData(80_000, 10_000.0, false)]
    [InlineData(79_999, 9_999.875, true)]
    [InlineData(4_294_967_295, 0, false)]
    public void A_jitter_that_nobody_can_have_is_not_told(uint ticks, double milliseconds, bool isTold)
    {
        var talk = new Talk(_relay).For(2);
        _relay.Receive(Alice.WithPort(40_001), talk.Call.PortForAlice + 1, RtcpBytes.ReceiverReport(7, RtcpBytes.Block(8, jitter: ticks)));

        talk.Report.Caller.Reported.ShouldNotBeNull().JitterMilliseconds.ShouldBe(isTold ? milliseconds : null);
    }

    private static string Sentence(Talk talk) => VerdictSentences.Of(talk.Report);
}
