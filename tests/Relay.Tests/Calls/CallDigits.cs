using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Digits of calls, and who is told them (docs/ng.md, digits).</summary>
public sealed class CallDigits
{
    private static readonly Endpoint First = Call.At("198.51.100.1", 2229);
    private static readonly Endpoint Second = Call.At("198.51.100.2", 4000);

    private readonly VirtualRelay _relay = new(new RelayOptions { DigitTargets = [First, Second] });
    private readonly WholeCall _call;
    private int _sequence = 100;

    public CallDigits() => _call = new WholeCall(_relay);

    [Fact]
    public void A_key_that_either_party_presses_is_told_once_to_the_first_target()
    {
        (int forBob, int forAlice) = _call.SetUp();

        Press(Alice, forAlice, 5);
        Press(Bob, forBob, 11);

        Told.ShouldBe(
        [
            $"call Caller pressed '5' 10 800 (101) at {Alice}: for {First} from a, 8000 Hz",
            $"call Callee pressed '#' 10 800 (101) at {Bob}: for {First} from b, 8000 Hz",
        ]);
    }

    [Fact]
    public void An_offer_can_name_another_target_of_the_options_and_the_call_stays_with_it()
    {
        _call.Offer(_call.Request("a", null, Audio(Alice)) with { DigitTarget = Second });
        int forAlice = _call.Answer("a", "b", Audio(Bob)).Port();
        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Bob));

        Press(Alice, forAlice, 1);

        Told.ShouldHaveSingleItem().ShouldContain($"for {Second} from a");
    }

    [Fact]
    public void A_target_that_the_options_do_not_name_gets_nothing_and_the_log_says_so()
    {
        (_, int forAlice) = _call.SetUp();
        _call.Offer(_call.Request("a", "b", Audio(Alice)) with { DigitTarget = Carol });
        _call.Answer("a", "b", Audio(Bob));

        Press(Alice, forAlice, 1);

        _relay.Events.Lines.ShouldContain($"call left out: {Carol} is not permitted by --dtmf-log-dest: no digits are told there");
        Told.ShouldHaveSingleItem().ShouldContain($"for {First} from a");
    }

    [Fact]
    public void What_is_no_target_changes_nothing_and_the_log_says_so()
    {
        (_, int forAlice) = _call.SetUp();
        _call.Offer(_call.Request("a", "b", Audio(Alice)) with { UnreadDigitTarget = "example.com:4000" });
        _call.Answer("a", "b", Audio(Bob));

        Press(Alice, forAlice, 1);

        _relay.Events.Lines.ShouldContain(
            "call left out: DTMF-log-dest 'example.com:4000' is no ADDRESS:PORT, with an IPv6 address in brackets: it changes nothing");
        Told.ShouldHaveSingleItem().ShouldContain($"for {First} from a");
    }

    [Fact]
    public void Digits_that_come_too_fast_to_be_told_are_counted()
    {
        (_, int forAlice) = _call.SetUp();
        for (int i = 0; i < 150; i++)
        {
            Press(Alice, forAlice, 1);
        }

        ulong untold = _relay.Ask(_relay.Operations.Statistics()).Sum[RelayCounter.DigitsTooFast];
        untold.ShouldBeGreaterThan(0UL);
        ((ulong)Told.Count() + untold).ShouldBe(150UL);
    }

    [Fact]
    public void Without_targets_nobody_listens()
    {
        var relay = new VirtualRelay(new RelayOptions());
        var call = new WholeCall(relay);
        call.Offer(call.Request("a", null, Audio(Alice)) with { DigitTarget = First });
        int forAlice = call.Answer("a", "b", Audio(Bob)).Port();

        Press(Alice, forAlice, 1, relay);

        relay.Events.Lines.ShouldNotContain(line => line.Contains("pressed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MediaGates.Digits)]
    [InlineData(MediaGates.Media)]
    [InlineData(MediaGates.All)]
    public void Digits_that_are_kept_from_the_other_party_are_told_all_the_same(MediaGates gate)
    {
        (_, int forAlice) = _call.SetUp();
        _call.Gate(gate, isShut: true).ShouldBe(Refusal.None);

        Press(Alice, forAlice, 1);

        Told.Count().ShouldBe(1);
    }

    [Fact]
    public void A_digit_that_a_controller_plays_is_not_told_and_one_pressed_meanwhile_is()
    {
        (_, int forAlice) = _call.SetUp();
        _call.Send(Alice, forAlice, 1);
        _relay.Ask(_relay.Operations.Dial("call", new PartyChoice("a"), new DialledDigit(5, 10, 500, 100)));
        _relay.AdvanceSeconds(0.1);

        Press(Alice, forAlice, 1);

        _relay.AdvanceSeconds(1);
        Told.ShouldHaveSingleItem().ShouldContain("pressed '1'");
    }

    [Fact]
    public void The_payload_type_is_the_one_that_either_party_said_last()
    {
        (_, int forAlice) = _call.SetUp();
        _call.Offer("a", "b", Audio(Alice) with { DigitPayloadType = 110, PayloadTypes = "0,110", DigitClock = 48_000 });
        _call.Answer("a", "b", Audio(Bob) with { DigitPayloadType = 111, PayloadTypes = "0,111" });

        Press(Alice, forAlice, 1);
        Press(Alice, forAlice, 2, payloadType: 110);
        Press(Alice, forAlice, 3, payloadType: 111);

        Told.ShouldBe(
        [
            $"call Caller pressed '2' 10 800 (110) at {Alice}: for {First} from a, 48000 Hz",
            $"call Caller pressed '3' 10 800 (111) at {Alice}: for {First} from a, 48000 Hz",
        ]);
    }

    private IEnumerable<string> Told => _relay.Events.Lines.Where(line => line.Contains("pressed", StringComparison.Ordinal));

    private void Press(in Endpoint from, int port, int code, VirtualRelay? relay = null, byte payloadType = 101)
    {
        uint timestamp = (uint)_sequence * 1000;
        foreach (bool isEnd in (ReadOnlySpan<bool>)[false, true, true, true])
        {
            (relay ?? _relay).Receive(
                from, port, RtpBytes.Event(_sequence++, timestamp, code, 800, isEnd, payloadType: payloadType, ssrc: from.Port));
        }
    }
}
