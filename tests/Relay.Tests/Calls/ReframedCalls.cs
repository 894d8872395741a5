using RtpProxy.Relay.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Packet durations that an offer wants in either direction (ng protocol).</summary>
public sealed class ReframedCalls
{
    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;

    public ReframedCalls() => _call = new WholeCall(_relay);

    [Fact]
    public void What_is_sent_to_who_offers_is_re_framed_as_the_offer_wants()
    {
        (int forBob, int forAlice) = SetUp(Audio(Alice) with { PtimeTowardMilliseconds = 40 }, Audio(Bob));

        Lengths(Bob, forBob).ShouldAllBe(length => length == 12 + 320);
        Lengths(Alice, forAlice).ShouldAllBe(length => length == 12 + 160);
    }

    [Fact]
    public void Both_directions_may_be()
    {
        (int forBob, int forAlice) = SetUp(Audio(Alice) with { PtimeMilliseconds = 10, PtimeTowardMilliseconds = 40 }, Audio(Bob));

        Lengths(Bob, forBob).ShouldAllBe(length => length == 12 + 320);
        Lengths(Alice, forAlice).ShouldAllBe(length => length == 12 + 80);
    }

    [Fact]
    public void What_the_answer_says_of_its_own_goes_first()
    {
        (int forBob, int _) = SetUp(Audio(Alice) with { PtimeTowardMilliseconds = 40 }, Audio(Bob) with { PtimeMilliseconds = 60 });

        Lengths(Bob, forBob).ShouldAllBe(length => length == 12 + 480);
    }

    [Fact]
    public void It_ends_with_an_offer_that_does_not_want_it_as_soon_as_that_is_answered()
    {
        (int forBob, int _) = SetUp(Audio(Alice) with { PtimeTowardMilliseconds = 40 }, Audio(Bob));
        _call.Offer("a", "b", Audio(Alice));
        Lengths(Bob, forBob).ShouldAllBe(length => length == 12 + 320);

        _call.Answer("a", "b", Audio(Bob));

        Lengths(Bob, forBob, first: 21).ShouldAllBe(length => length == 12 + 160);
    }

    private (int ForBob, int ForAlice) SetUp(in MediaDescription offer, in MediaDescription answer)
    {
        int forBob = _call.Offer("a", null, offer).Port();
        return (forBob, _call.Answer("a", "b", answer).Port());
    }

    /// <summary>Of what leaves for a dozen packets of 20 ms.</summary>
    private int[] Lengths(Rtp.Endpoint from, int port, int first = 1)
    {
        var lengths = new List<int>();
        for (int i = 0; i < 12; i++)
        {
            lengths.AddRange(_relay.Receive(from, port, RtpBytes.Rtp(first + i, ssrc: from.Port)).Select(sent => sent.Bytes.Length));
            lengths.AddRange(_relay.AdvanceSeconds(0.02).Select(sent => sent.Bytes.Length));
        }

        lengths.ShouldNotBeEmpty();
        return [.. lengths];
    }
}
