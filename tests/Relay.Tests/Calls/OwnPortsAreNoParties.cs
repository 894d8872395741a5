using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Tests.Destinations;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.ListeningParty;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>A description that names a media port of ours, so that media would come back: whoever it describes gets nothing.</summary>
public sealed class OwnPortsAreNoParties
{
    private readonly VirtualRelay _relay = Machine.Relay();
    private readonly WholeCall _call;

    public OwnPortsAreNoParties() => _call = new WholeCall(_relay);

    [Fact]
    public void An_answer_that_names_a_port_of_the_call_is_not_believed()
    {
        int forBob = _call.Offer("a", null, Audio(Alice)).Port();
        int forAlice = _call.Answer("a", "b", Audio(Ours(forBob))).Port();

        ShouldGoNowhere(Alice, forAlice);
    }

    [Fact]
    public void Nor_is_a_later_offer_once_it_is_answered()
    {
        (int forBob, int forAlice) = _call.SetUp();
        _call.Offer("a", "b", Audio(Ours(forAlice)));
        _call.Answer("a", "b", Audio(Bob));

        _call.Send(Bob, forBob, 1).ShouldBe(Alice, "what was known before still holds");
    }

    [Fact]
    public void Nor_are_two_calls_that_name_each_other()
    {
        (_, int forAlice) = _call.SetUp();
        var other = new WholeCall(_relay, "other");
        int forCarol = other.Offer("a", null, Audio(Ours(forAlice))).Port();
        other.Answer("a", "b", Audio(Carol));

        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Ours(forCarol)));

        _call.Send(Alice, forAlice, 1).ShouldBe(Bob, "there it does not come back from");
    }

    [Fact]
    public void Nor_is_a_subscriber_at_the_port_of_whom_it_hears()
    {
        int forBob = _call.Offer("a", null, Told(Audio(Alice))).Port();
        int forAlice = _call.Answer("a", "b", Told(Audio(Bob))).Port();
        var recorder = new ListeningParty(_relay);
        recorder.Ask("a").Refusal.ShouldBe(Refusal.None);
        recorder.Answer(Audio(Ours(forAlice))).ShouldBe(Refusal.None);

        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void Nor_are_two_subscribers_that_hear_each_at_the_port_of_the_other()
    {
        int forBob = _call.Offer("a", null, Told(Audio(Alice))).Port();
        int forAlice = _call.Answer("a", "b", Told(Audio(Bob))).Port();
        var first = new ListeningParty(_relay, "first");
        var second = new ListeningParty(_relay, "second");
        first.Ask("a").Refusal.ShouldBe(Refusal.None);
        second.Ask("b").Refusal.ShouldBe(Refusal.None);
        first.Answer(Audio(Ours(forBob)));
        second.Answer(Audio(Ours(forAlice)));

        int copies = _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).Count(sent => sent.To != Bob)
            + _relay.Receive(Bob, forBob, RtpBytes.Rtp(1)).Count(sent => sent.To != Alice);

        copies.ShouldBeLessThan(2, "the second would close a circle");
    }

    private void ShouldGoNowhere(in Endpoint from, int port) => _relay.Receive(from, port, RtpBytes.Rtp(1)).ShouldBeEmpty();

    private static Endpoint Ours(int port) => Call.At(Machine.Host, port);
}
