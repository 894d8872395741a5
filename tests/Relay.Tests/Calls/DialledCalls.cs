using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Digits that a controller puts into what a party sends (ng protocol; RFC 4733, section 2.5.1).</summary>
public sealed class DialledCalls
{
    private static readonly DialledDigit Five = new(Code: 5, Volume: 10, Milliseconds: 100, PauseMilliseconds: 100);

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;
    private int _forAlice;
    private int _forBob;
    private int _packet = 1;

    public DialledCalls() => _call = new WholeCall(_relay);

    [Fact]
    public void A_digit_is_events_in_the_stream_of_the_party_that_seems_to_press_it()
    {
        SetUp();
        RtpPacket before = Speak();
        Ssrc ssrc = before.Ssrc;

        Dial(Five).ShouldBe(Refusal.None);
        Heard[] heard = Listen(0.3);

        heard.ShouldAllBe(one => one.To == Bob && one.Type == 101 && one.Ssrc == ssrc);
        heard.Select(one => one.Event.Code).Distinct().ShouldBe([(byte)5]);
        heard.Select(one => one.Event.Volume).Distinct().ShouldBe([(byte)10]);
        heard.Select(one => one.Event.Duration).ShouldBe([160, 320, 480, 640, 800, 800, 800]);
        heard.Select(one => one.Event.IsEnd).ShouldBe([false, false, false, false, true, true, true]);
        heard.Select(one => one.Marker).ShouldBe([true, false, false, false, false, false, false]);
        heard.Select(one => one.Timestamp).Distinct().ShouldHaveSingleItem();
        heard.Select(one => (int)one.Sequence).ShouldBe(Enumerable.Range(before.Sequence.Value + 1, 7));
    }

    [Fact]
    public void It_is_among_what_was_sent_to_the_other_party()
    {
        SetUp();
        int spoken = Speak().Datagram.Length;
        Dial(Five);
        Listen(0.3).Length.ShouldBe(7);

        StreamTraffic toBob = _call.Query()!.Lines[0].Callee.Rtp;

        toBob.Sent.ShouldBe(1UL + 7);
        toBob.SentBytes.ShouldBe((ulong)(spoken + (7 * (12 + 4))), "a header and an event each");
    }

    [Fact]
    public void Its_time_is_that_of_the_party_when_it_begins()
    {
        SetUp();
        RtpPacket before = Speak();
        _relay.AdvanceSeconds(0.02);

        Dial(Five);

        Listen(0.1)[0].Timestamp.ShouldBe(before.Timestamp.Value + 160);
    }

    [Fact]
    public void What_the_party_sends_meanwhile_is_not_heard_and_what_follows_leaves_no_gap()
    {
        SetUp();
        Speak();
        Dial(Five);
        ushort last = Listen(0).ShouldHaveSingleItem().Sequence;
        for (int i = 1; i < 7; i++)
        {
            _call.Send(Alice, _forAlice, ++_packet).IsKnown.ShouldBeFalse();
            last = Listen(0.02).ShouldHaveSingleItem().Sequence;
        }

        _relay.AdvanceSeconds(0.06);
        Speak().Sequence.Value.ShouldBe((ushort)(last + 1));
        Speak().Sequence.Value.ShouldBe((ushort)(last + 2));
        _packet++; // lost on its way to us
        Speak().Sequence.Value.ShouldBe((ushort)(last + 4));
    }

    [Fact]
    public void Several_digits_follow_each_other_with_a_pause_between()
    {
        SetUp();
        Speak();

        Dial(Five);
        Dial(Five with { Code = 11 });
        Listen(0.199).Select(one => one.Event.Code).Distinct().ShouldBe([(byte)5]);
        Heard[] second = Listen(0.2);

        second.Length.ShouldBe(7);
        second.ShouldAllBe(one => one.Event.Code == 11);
        Listen(1).ShouldBeEmpty();
    }

    [Fact]
    public void The_other_party_goes_on_being_heard()
    {
        SetUp();
        Speak();
        Dial(Five);
        _relay.AdvanceSeconds(0.05);

        _call.Send(Bob, _forBob, 1).ShouldBe(Alice);
    }

    [Fact]
    public void It_is_the_payload_type_of_who_hears_it_and_passes_where_digits_are_blocked()
    {
        _forBob = _call.Offer("a", null, Audio(Alice)).Port();
        _forAlice = _call.Answer("a", "b", Audio(Bob) with { PayloadTypes = "0,96", DigitPayloadType = 96 }).Port();
        Speak();
        _call.Gate(MediaGates.Digits, isShut: true);

        Dial(Five);

        Listen(0.2).ShouldAllBe(one => one.Type == 96);
    }

    [Fact]
    public void Who_takes_no_events_hears_something_else_or_has_not_been_sent_anything_gets_none()
    {
        _relay.Prompts.Files[("welcome", 0)] = new byte[8000];
        _forBob = _call.Offer("a", null, Audio(Alice) with { DigitPayloadType = -1 }).Port();
        _forAlice = _call.Answer("a", "b", Audio(Bob)).Port();

        Dial(Five, "b").ShouldBe(Refusal.NoDigits);
        Dial(Five).ShouldBe(Refusal.NotHeard);
        Dial(Five, "x").ShouldBe(Refusal.UnknownParty);
        _call.Send(Alice, _forAlice, _packet, payloadType: 111);
        Dial(Five).ShouldBe(Refusal.NoDigits, "its clock is not known");
        Speak();
        _relay.Ask(_relay.Operations.PlayToCall("call", new PartyChoice("b"), new CallPlayRequest("welcome", 1)));
        Dial(Five).ShouldBe(Refusal.NoDigits);
    }

    [Fact]
    public void A_prompt_ends_digits()
    {
        SetUp();
        _relay.Prompts.Files[("welcome", 0)] = new byte[8000];
        Speak();
        Dial(Five);
        Dial(Five);
        _relay.AdvanceSeconds(0.05);

        _relay.Ask(_relay.Operations.PlayToCall("call", new PartyChoice("b"), new CallPlayRequest("welcome", 1)));

        Listen(0.5).ShouldAllBe(one => one.Type == 0);
    }

    [Fact]
    public void So_many_wait_and_not_more()
    {
        SetUp();
        Speak();
        for (int i = 0; i < 32; i++)
        {
            Dial(Five).ShouldBe(Refusal.None);
        }

        Dial(Five).ShouldBe(Refusal.TooManyDigits);
        Listen(6.5).Count(one => one.Marker).ShouldBe(32);
        Dial(Five).ShouldBe(Refusal.None);
    }

    [Fact]
    public void They_end_with_the_call()
    {
        SetUp();
        Speak();
        Dial(Five);

        _call.Delete();

        Listen(1).ShouldBeEmpty();
    }

    private void SetUp() => (_forBob, _forAlice) = _call.SetUp();

    private Refusal Dial(in DialledDigit digit, string who = "a") =>
        _relay.Ask(_relay.Operations.Dial("call", new PartyChoice(who), digit)).Refusal;

    /// <summary>A packet of Alice as Bob gets it.</summary>
    private RtpPacket Speak()
    {
        SentDatagram sent = _relay.Receive(Alice, _forAlice, RtpBytes.Rtp(++_packet, ssrc: Alice.Port)).ShouldHaveSingleItem();
        RtpPacket.TryParse(sent.Bytes, out RtpPacket packet).ShouldBe(RtpParseError.None);
        return packet;
    }

    private Heard[] Listen(double seconds) => [.. _relay.AdvanceSeconds(seconds).Select(Heard.From)];

    private sealed record Heard(
        Endpoint To, byte Type, bool Marker, Ssrc Ssrc, ushort Sequence, uint Timestamp, TelephoneEvent Event)
    {
        public static Heard From(SentDatagram sent)
        {
            RtpPacket.TryParse(sent.Bytes, out RtpPacket packet).ShouldBe(RtpParseError.None);
            TelephoneEvent.TryParse(packet.Payload, out TelephoneEvent told).ShouldBeTrue();
            return new Heard(
                sent.To, packet.PayloadType.Value, packet.Marker, packet.Ssrc, packet.Sequence.Value, packet.Timestamp.Value, told);
        }
    }
}
