using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Sound that a controller has replaced with silence (ng protocol).</summary>
public sealed class SilencedMedia
{
    private const byte Digits = 101;

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;
    private readonly int _forBob;
    private readonly int _forAlice;

    public SilencedMedia()
    {
        _call = new WholeCall(_relay);
        (_forBob, _forAlice) = _call.SetUp();
    }

    [Theory]
    [InlineData(0, 0xff)]
    [InlineData(8, 0xd5)]
    [InlineData(9, 0xfe)]
    public void Sound_goes_on_as_silence_in_the_same_packets(byte payloadType, byte silence)
    {
        _call.Gate(MediaGates.Silence, isShut: true, new PartyChoice("a")).ShouldBe(Refusal.None);
        byte[] packet = RtpBytes.Rtp(1, payloadType: payloadType);

        SentDatagram sent = _relay.Receive(Alice, _forAlice, packet).ShouldHaveSingleItem();
        sent.To.ShouldBe(Bob);
        sent.Bytes[..12].ShouldBe(packet[..12]);
        sent.Bytes[12..].ShouldBe(Enumerable.Repeat(silence, 160));
        byte[] bobs = RtpBytes.Rtp(1, ssrc: 9);
        _relay.Receive(Bob, _forBob, bobs).ShouldHaveSingleItem().Bytes.ShouldBe(bobs, "the other party is not meant");

        _call.Gate(MediaGates.Silence, isShut: false, new PartyChoice("a"));
        byte[] next = RtpBytes.Rtp(2, payloadType: payloadType);
        _relay.Receive(Alice, _forAlice, next).ShouldHaveSingleItem().Bytes.ShouldBe(next);
    }

    [Fact]
    public void Extensions_and_padding_stay_as_they_are()
    {
        _call.Gate(MediaGates.Silence, isShut: true);
        byte[] packet = RtpBytes.Rtp(1, length: 20);
        packet[0] = 0xb0; // an extension of one word, and four bytes of padding
        packet[14] = 0;
        packet[15] = 1;
        packet[^1] = 4;

        byte[] sent = _relay.Receive(Alice, _forAlice, packet).ShouldHaveSingleItem().Bytes;

        sent[..20].ShouldBe(packet[..20]);
        sent[20..28].ShouldBe(Enumerable.Repeat((byte)0xff, 8));
        sent[28..].ShouldBe(packet[28..]);
    }

    [Fact]
    public void Digits_and_reports_pass_and_codecs_without_silence_do_not()
    {
        _call.Gate(MediaGates.Silence, isShut: true);

        byte[] digit = RtpBytes.Event(1, 160, code: 5, duration: 160);
        _relay.Receive(Alice, _forAlice, digit).ShouldHaveSingleItem().Bytes.ShouldBe(digit);
        byte[] report = RtpBytes.ReceiverReport();
        _relay.Receive(Alice.WithPort(40_001), _forAlice + 1, report).ShouldHaveSingleItem().Bytes.ShouldBe(report);
        _call.Send(Alice, _forAlice, 2, payloadType: 18).IsKnown.ShouldBeFalse();
        _call.Send(Alice, _forAlice, 3, payloadType: 96).IsKnown.ShouldBeFalse();
        _relay.Receive(Alice, _forAlice, "something else"u8.ToArray()).ShouldBeEmpty();
        _call.Query()!.Lines[0].Caller.Rtp.Received.ShouldBe(4UL, "it is counted");
    }

    [Fact]
    public void What_is_blocked_stays_blocked()
    {
        _call.Gate(MediaGates.Silence, isShut: true);
        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice("a"));
        _call.Gate(MediaGates.Digits, isShut: true, new PartyChoice("a"));

        _call.Send(Alice, _forAlice, 1).IsKnown.ShouldBeFalse();
        _call.Send(Alice, _forAlice, 2, Digits).IsKnown.ShouldBeFalse();

        _call.Gate(MediaGates.Media, isShut: false, new PartyChoice("a"));
        _relay.Receive(Alice, _forAlice, RtpBytes.Rtp(3)).ShouldHaveSingleItem().Bytes[12].ShouldBe((byte)0xff);
    }

    [Fact]
    public void What_is_encrypted_goes_no_further()
    {
        MediaDescription Encrypted(MediaDescription media) => media with { Protocol = "RTP/SAVP" };
        _call.Offer("a", "b", Encrypted(Audio(Alice)));
        _call.Answer("a", "b", Encrypted(Audio(Bob)));
        _call.Gate(MediaGates.Silence, isShut: true);

        _call.Send(Alice, _forAlice, 1).IsKnown.ShouldBeFalse();

        _call.Offer("a", "b", Audio(Alice));
        _call.Answer("a", "b", Audio(Bob));
        _call.Send(Alice, _forAlice, 2).ShouldBe(Bob);
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void What_may_be_encrypted_goes_no_further_where_both_parties_told_keys(bool doesCaller, bool doesCallee, bool passes)
    {
        _call.Offer("a", "b", Audio(Alice) with { OffersKeys = doesCaller });
        _call.Answer("a", "b", Audio(Bob) with { OffersKeys = doesCallee });
        _call.Gate(MediaGates.Silence, isShut: true);

        _call.Send(Alice, _forAlice, 1).IsKnown.ShouldBe(passes);
        _call.Send(Bob, _forBob, 1).IsKnown.ShouldBe(passes);
    }

    [Fact]
    public void Nobody_told_whether_a_call_of_the_other_protocol_is_encrypted()
    {
        int forDave = _relay.Port("U other 192.0.2.10 41000 c");
        int forCarol = _relay.Port("L other 198.51.100.20 51000 c d");
        var other = new WholeCall(_relay, "other");
        other.Gate(MediaGates.Silence, isShut: true).ShouldBe(Refusal.None);

        other.Send(Alice.WithPort(41_000), forCarol, 1).IsKnown.ShouldBeFalse();
        other.Send(Bob.WithPort(51_000), forDave, 1).IsKnown.ShouldBeFalse();
        byte[] digit = RtpBytes.Event(2, 160, code: 5, duration: 160);
        _relay.Receive(Alice.WithPort(41_000), forCarol, digit).ShouldHaveSingleItem().Bytes.ShouldBe(digit);

        other.Offer("c", "d", Audio(Alice.WithPort(41_000)));
        other.Answer("c", "d", Audio(Bob.WithPort(51_000)));
        _relay.Receive(Alice.WithPort(41_000), forCarol, RtpBytes.Rtp(3)).ShouldHaveSingleItem().Bytes[12].ShouldBe((byte)0xff, "now it is known");
    }

    [Fact]
    public void A_line_of_the_other_protocol_that_is_answered_after_its_silence_is_no_less_unknown()
    {
        int forDave = _relay.Port("U other 192.0.2.10 41000 c");
        var other = new WholeCall(_relay, "other");
        other.Gate(MediaGates.Silence, isShut: true).ShouldBe(Refusal.None);
        int forCarol = _relay.Port("L other 198.51.100.20 51000 c d");

        other.Send(Alice.WithPort(41_000), forCarol, 1).IsKnown.ShouldBeFalse();
        other.Send(Bob.WithPort(51_000), forDave, 1).IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void Silence_costs_no_allocation()
    {
        _call.Gate(MediaGates.Silence, isShut: true);
        (int worker, PortId rtp) = _relay.Ports.Find(_forAlice);
        byte[] packet = RtpBytes.Rtp(1);
        var sink = new CountingSink();
        int number = 0;

        Allocations.AssertNone(() =>
        {
            RtpBytes.GoOn(packet);
            var arrival = new Arrival(_relay.Now + TimeSpan.FromMilliseconds(20 * number++));
            _relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
        });

        sink.Sent.ShouldBeGreaterThan(4000);
    }
}
