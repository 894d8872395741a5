using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>A party may be followed by another source without signalling (ng protocol: <c>media-handover</c>).</summary>
public sealed class HandedOverCalls
{
    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;
    private int _forBob;
    private int _forAlice;
    private int _packet;

    public HandedOverCalls() => _call = new WholeCall(_relay);

    [Fact]
    public void Who_goes_on_when_the_party_has_stopped_is_the_party()
    {
        SetUp(allowsHandover: true);
        Speak(Alice, 50).ShouldBe(50);
        _relay.AdvanceSeconds(2);

        Speak(Carol, 50).ShouldBe(46, "five packets show that it goes on");

        _call.Send(Bob, _forBob, 1).ShouldBe(Carol);
    }

    [Fact]
    public void Nobody_takes_the_place_of_a_party_that_speaks()
    {
        SetUp(allowsHandover: true);
        for (int i = 0; i < 500; i++)
        {
            Speak(Alice, 1).ShouldBe(1);
            Speak(Carol, 1).ShouldBe(0);
        }

        _relay.AdvanceSeconds(1);
        Speak(Carol, 20).ShouldBe(0, "it has only paused");
    }

    [Fact]
    public void The_party_is_heard_again_at_once_where_it_was_signalled()
    {
        SetUp(allowsHandover: true);
        Speak(Alice, 50);
        _relay.AdvanceSeconds(2);
        Speak(Carol, 50);

        Speak(Alice, 1).ShouldBe(1);

        _call.Send(Bob, _forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void Behind_a_NAT_it_is_heard_again_with_a_few_packets()
    {
        _forBob = _call.Offer(_call.Request("a", null, Audio(Call.At("10.1.2.3", 4_000))) with { AllowsHandover = true }).Port();
        _forAlice = _call.Answer("a", "b", Audio(Bob)).Port();
        Speak(Alice, 100);
        int before = _packet;
        _relay.AdvanceSeconds(2);
        Speak(Carol, 50).ShouldBeGreaterThan(40);
        _packet = before; // its own stream goes on

        Speak(Alice, 10).ShouldBeGreaterThanOrEqualTo(7);

        _call.Send(Bob, _forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void Without_the_flag_it_is_not_so_and_the_next_offer_may_take_it_back()
    {
        SetUp(allowsHandover: false);
        Speak(Alice, 50);
        _relay.AdvanceSeconds(5);
        Speak(Carol, 200).ShouldBe(0);

        _call.Offer(_call.Request("a", "b", Audio(Alice)) with { AllowsHandover = true });
        _call.Answer("a", "b", Audio(Bob));
        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Bob));
        Speak(Alice, 50).ShouldBe(50);
        _relay.AdvanceSeconds(11);
        Speak(Carol, 200).ShouldBe(0);
    }

    [Fact]
    public void A_re_offer_allows_it_when_it_is_answered()
    {
        SetUp(allowsHandover: false);
        Speak(Alice, 50);
        _call.Offer(_call.Request("a", "b", Audio(Alice)) with { AllowsHandover = true });
        _relay.AdvanceSeconds(2);
        Speak(Carol, 20).ShouldBe(0);

        _call.Answer("a", "b", Audio(Bob));

        Speak(Carol, 20).ShouldBeGreaterThan(0);
    }

    private void SetUp(bool allowsHandover)
    {
        _forBob = _call.Offer(_call.Request("a", null, Audio(Alice)) with { AllowsHandover = allowsHandover }).Port();
        _forAlice = _call.Answer("a", "b", Audio(Bob)).Port();
    }

    /// <summary>So many packets, 20 ms apart; how many of them were heard.</summary>
    private int Speak(in Rtp.Endpoint from, int packets)
    {
        int heard = 0;
        for (int i = 0; i < packets; i++)
        {
            heard += _call.Send(from, _forAlice, ++_packet) == Bob ? 1 : 0;
            _relay.AdvanceSeconds(0.02);
        }

        return heard;
    }
}
