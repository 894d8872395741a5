using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Quality;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.ListeningParty;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Somebody sends to nobody in particular, and others subscribe to it (ng protocol, section 3.10).</summary>
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
    public void Who_speaks_to_somebody_does_not_publish()
    {
        _call.SetUp();

        _relay.Ask(_relay.Operations.OfferCall(_call.Request("a", null, Told(Audio(Alice))) with { IsPublished = true })).Refusal
            .ShouldBe(Refusal.OwnAnswer);
    }

    private CallOfferOperation Publish(MediaDescription media) => _call.Offer(_call.Request("a", null, media) with { IsPublished = true });
}
