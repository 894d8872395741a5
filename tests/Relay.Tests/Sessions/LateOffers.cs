using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>
/// An offer in which both tags are the same, and an answer whose from-tag is new: the late offer of OpenSIPS' rtp_relay
/// (control protocol, section 6.1).
/// </summary>
public sealed class LateOffers
{
    private readonly VirtualRelay _relay = new();

    [Theory]
    [InlineData("x;1", "y;1")]
    [InlineData("x", "y")]
    public void Media_flows(string offerer, string answerer)
    {
        int forAnswerer = _relay.Port($"U call 192.0.2.10 40000 {offerer} {offerer}");
        int forOfferer = _relay.Port($"L call 198.51.100.20 50000 {answerer} {offerer}");
        forOfferer.ShouldNotBe(forAnswerer);

        _relay.Receive(Alice, forOfferer, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Bob);
        _relay.Receive(Bob, forAnswerer, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Alice);
        _relay.Command($"Q call {offerer} {answerer}").ShouldBe("60 1 1 2 0");
        _relay.Command($"Q call {answerer} {offerer} npkts_ina nrelayed").ShouldBe("1 2");

        // A retransmission is the same answer.
        _relay.Port($"L call 198.51.100.20 50000 {answerer} {offerer}").ShouldBe(forOfferer);
        _relay.Receive(Alice, forOfferer, RtpBytes.Rtp(2)).ShouldHaveSingleItem().To.ShouldBe(Bob);
        _relay.Receive(Bob, forAnswerer, RtpBytes.Rtp(2)).ShouldHaveSingleItem().To.ShouldBe(Alice);
        _relay.Command($"D call  {answerer}").ShouldBe("0");
    }

    [Fact]
    public void Once_the_answerer_has_made_an_offer_itself_tags_mean_what_they_always_mean()
    {
        int first = _relay.Port("U call 192.0.2.10 40000 x;1 x;1");
        int second = _relay.Port("L call 198.51.100.20 50000 y;1 x;1");

        _relay.Port("U call 203.0.113.7 7000 y;1 x;1").ShouldBe(second);
        _relay.Port("L call 192.0.2.10 40000 y;1 x;1").ShouldBe(first);
        _relay.Receive(Alice, second, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(At("203.0.113.7", 7000));
    }

    [Fact]
    public void An_offer_of_the_same_party_that_names_both_ends_it_too()
    {
        int first = _relay.Port("U call 192.0.2.10 40000 x;1 x;1");
        int second = _relay.Port("L call 198.51.100.20 50000 y;1 x;1");

        _relay.Port("U call 192.0.2.10 40000 x;1 y;1").ShouldBe(first);
        _relay.Port("L call 198.51.100.20 50000 x;1 y;1").ShouldBe(second);
        _relay.Port("L call 192.0.2.10 40000 y;1 x;1").ShouldBe(first);
        _relay.Receive(Alice, second, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Bob);
    }
}
