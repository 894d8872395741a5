using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Quality;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.ListeningParty;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Somebody sends to nobody in particular, and others subscribe to it (docs/ng.md, recording servers).</summary>
public sealed class Publishers
{
    private const int Ttl = 10;

    private readonly VirtualRelay _relay = new(new RelayOptions { TtlSeconds = Ttl });
    private readonly WholeCall _call;
    private readonly ListeningParty _listener;

    public Publishers()
    {
        _call = new WholeCall(_relay);
        _listener = new ListeningParty(_relay);
    }

    [Fact]
    public void What_it_sends_is_heard_by_who_subscribes()
    {
        int port = Publish(Told(Audio(Alice))).Port();
        _relay.Receive(Alice, port, RtpBytes.Rtp(1)).ShouldBeEmpty("nobody is there");

        _listener.Ask("a").Refusal.ShouldBe(Refusal.None);
        _listener.Answer(At(42_000));
        _call.Send(Alice, port, 2).ShouldBe(Recorder);
    }

    [Fact]
    public void It_keeps_its_call_as_long_as_it_sends_and_nothing_is_wrong_with_it()
    {
        int port = Publish(Told(Audio(Alice))).Port();
        for (int second = 0; second < 3 * Ttl; second++)
        {
            _relay.AdvanceSeconds(1);
            _relay.Receive(Alice, port, RtpBytes.Rtp(second));
        }

        _call.Query()!.Lines.ShouldHaveSingleItem().Session.Verdict.Code.ShouldBe(VerdictCode.Waiting);
        _relay.AdvanceSeconds(Ttl + 2);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void It_says_anew_where_it_is_and_keeps_its_port()
    {
        int port = Publish(Told(Audio(Alice))).Port();

        Publish(Told(Audio(Alice.WithPort(44_000)))).Port().ShouldBe(port);
        _call.Query()!.Facts.Parties[0].Media[0].Rtp.Port.ShouldBe((ushort)44_000);
        _call.Delete("a").Refusal.ShouldBe(Refusal.None);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void It_takes_no_ports_for_nobody()
    {
        Publish(Told(Audio(Alice)));
        Publish(Told(Audio(Alice)));

        _relay.Ports.OpenPairs.ShouldBe(1);
    }

    [Fact]
    public void Whom_it_is_offered_to_later_is_told_a_port()
    {
        int forAlice = Publish(Told(Audio(Alice))).Port();

        int forBob = _call.Offer("a", "b", Told(Audio(Alice))).Port();
        _call.Answer("a", "b", Audio(Bob)).Port().ShouldBe(forAlice);

        _relay.Ports.OpenPairs.ShouldBe(2);
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void Who_answers_what_was_not_offered_to_it_is_heard_none_the_less()
    {
        int forAlice = Publish(Told(Audio(Alice))).Port();

        _call.Answer("a", "b", Audio(Bob)).Port().ShouldBe(forAlice);

        _relay.Ports.OpenPairs.ShouldBe(2);
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
    }

    [Fact]
    public void It_is_a_call_for_the_other_protocol_too()
    {
        int forAlice = Publish(Told(Audio(Alice))).Port();

        int forBob = _relay.Port("U call 192.0.2.10 40000 a;1");
        _relay.Port("L call 198.51.100.20 50000 a;1 b;1").ShouldBe(forAlice);

        _relay.Ports.OpenPairs.ShouldBe(2);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void Who_speaks_to_somebody_does_not_publish()
    {
        _call.SetUp();

        _relay.Ask(_relay.Operations.OfferCall(_call.Request("a", null, Told(Audio(Alice))) with { IsPublished = true })).Refusal
            .ShouldBe(Refusal.OwnAnswer);
    }

    private CallOfferOperation Publish(MediaDescription media) => _call.Offer(_call.Request("a", null, media) with { IsPublished = true });
}
