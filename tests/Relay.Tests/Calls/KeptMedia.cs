using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>What a controller keeps back of a party's media (ng protocol).</summary>
public sealed class KeptMedia
{
    private const byte Digits = 101;

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;
    private readonly int _forBob;
    private readonly int _forAlice;

    public KeptMedia()
    {
        _call = new WholeCall(_relay);
        (_forBob, _forAlice) = _call.SetUp();
    }

    [Fact]
    public void Media_of_one_party_goes_no_further_but_for_digits_and_reports()
    {
        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice("a")).ShouldBe(Refusal.None);

        _call.Send(Alice, _forAlice, 1).IsKnown.ShouldBeFalse();
        _call.Send(Alice, _forAlice, 2, Digits).ShouldBe(Bob);
        _relay.Receive(Alice.WithPort(40_001), _forAlice + 1, RtpBytes.ReceiverReport()).ShouldHaveSingleItem();
        _call.Send(Bob, _forBob, 1).ShouldBe(Alice);
        _call.Query()!.Lines[0].Caller.Rtp.Received.ShouldBe(2UL, "it is counted");

        _call.Gate(MediaGates.Media, isShut: false, new PartyChoice("a"));
        _call.Send(Alice, _forAlice, 3).ShouldBe(Bob);
    }

    [Fact]
    public void Digits_go_no_further_and_all_else_does()
    {
        _call.Gate(MediaGates.Digits, isShut: true);

        _call.Send(Alice, _forAlice, 1, Digits).IsKnown.ShouldBeFalse();
        _call.Send(Alice, _forAlice, 2).ShouldBe(Bob);
        _call.Send(Bob, _forBob, 1, Digits).IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void A_digit_is_known_by_the_number_of_who_receives_it_too()
    {
        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Bob) with { DigitPayloadType = 96, PayloadTypes = "0,96" });
        _call.Gate(MediaGates.Digits, isShut: true);

        _call.Send(Alice, _forAlice, 1, payloadType: 96).IsKnown.ShouldBeFalse("as RFC 3264 has it");
        _call.Send(Alice, _forAlice, 2, Digits).IsKnown.ShouldBeFalse("against the rule, but the other may take it");
        _call.Send(Bob, _forBob, 1, Digits).IsKnown.ShouldBeFalse();
        _call.Send(Bob, _forBob, 2).ShouldBe(Alice);
    }

    [Fact]
    public void The_whole_call_and_a_party_are_kept_back_each_for_itself()
    {
        _call.Gate(MediaGates.Media, isShut: true);
        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice("a"));
        _call.Gate(MediaGates.Media, isShut: false);
        _call.Send(Alice, _forAlice, 1).IsKnown.ShouldBeFalse();
        _call.Send(Bob, _forBob, 1).ShouldBe(Alice);

        _call.Gate(MediaGates.Media, isShut: false, new PartyChoice(IsOfEachParty: true));
        _call.Send(Alice, _forAlice, 2).ShouldBe(Bob);
    }

    [Fact]
    public void A_line_that_is_added_is_kept_back_too()
    {
        _call.Gate(MediaGates.Media, isShut: true);
        _call.Offer("a", "b", Audio(Alice), Video(Alice.WithPort(41_000)));
        int forVideo = _call.Answer("a", "b", Audio(Bob), Video(Bob.WithPort(51_000))).Port(1);

        _call.Send(Alice.WithPort(41_000), forVideo, 1).IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void A_party_is_found_by_its_address()
    {
        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice(Address: Bob.ToIPAddress())).ShouldBe(Refusal.None);

        _call.Send(Bob, _forBob, 1).IsKnown.ShouldBeFalse();
        _call.Send(Alice, _forAlice, 1).ShouldBe(Bob);
        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice("x")).ShouldBe(Refusal.UnknownParty);
    }

    [Fact]
    public void A_party_whose_media_is_kept_back_is_alive()
    {
        _call.Gate(MediaGates.Media, isShut: true);
        for (int second = 0; second < 100; second++)
        {
            _relay.AdvanceSeconds(1);
            _call.Send(Alice, _forAlice, second);
        }

        _relay.SessionCount.ShouldBe(1);
    }
}
