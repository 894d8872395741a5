using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>Fax (T.38 over UDPTL), STUN, DTLS and junk, before, between and after RTP.</summary>
public sealed class OtherDatagrams
{
    private static readonly byte[] Fax = [0, 1, 6, 0xC0, 1, 0x80, 0, 0, 0xFF];
    private static readonly byte[] Stun = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private static readonly Endpoint Natted = At("198.18.0.1", 1_000);

    private readonly VirtualRelay _relay = new();

    [Fact]
    public void A_keepalive_from_the_signalled_port_does_not_displace_a_phone_that_speaks_from_another()
    {
        var call = new Call(_relay);
        Endpoint speaking = Alice.WithPort(5_555);
        call.FromAlice(speaking, RtpBytes.Rtp(1)).ShouldBe(Bob);

        call.FromAlice(Alice, Stun).ShouldBeNull();
        _relay.AdvanceSeconds(1);
        call.FromAlice(Alice, Stun).ShouldBeNull("a pause is no reason");

        call.FromAlice(speaking, RtpBytes.Rtp(2, ssrc: 9)).ShouldBe(Bob);
        call.BobSpeaks(1).ShouldBe(speaking);
    }

    [Fact]
    public void Datagrams_of_any_kind_pass_from_where_the_party_speaks()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Natted, Stun).ShouldBe(Bob);
        call.FromAlice(Natted, RtpBytes.Rtp(1)).ShouldBe(Bob);
        call.FromAlice(Natted, Stun).ShouldBe(Bob);
        call.FromAlice(Natted, Fax).ShouldBe(Bob);
        call.FromAlice(Natted, RtpBytes.ReceiverReport()).ShouldBe(Bob, "RTCP on the RTP port");
        call.FromAlice(Natted, RtpBytes.Rtp(2)).ShouldBe(Bob);

        call.BobSpeaks(1).ShouldBe(Natted);
    }

    [Fact]
    public void A_phone_that_sends_STUN_from_one_port_may_speak_from_another()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Natted, Stun);
        call.FromAlice(Natted, Stun);

        call.FromAlice(Natted.WithPort(1_002), RtpBytes.Rtp(1)).ShouldBe(Bob);
    }

    [Fact]
    public void A_stranger_does_not_take_a_fax_away_by_speaking_RTP()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Natted, Fax).ShouldBe(Bob);
        call.FromAlice(Natted, Fax).ShouldBe(Bob);

        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666)).ShouldBeNull();

        call.FromAlice(Natted, Fax).ShouldBe(Bob);
        call.FromBob(Bob, Fax).ShouldBe(Natted);
    }

    [Fact]
    public void A_phone_behind_a_NAT_displaces_keepalives_and_the_like_at_once_however_many()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Mallory, [1, 2, 3]);
        call.FromAlice(Mallory, [1, 2, 3]);

        call.FromAlice(Natted, RtpBytes.Rtp(1)).ShouldBe(Bob);
        call.FromAlice(Mallory, [1, 2, 3]).ShouldBeNull();
        call.BobSpeaks(1).ShouldBe(Natted);
    }

    [Fact]
    public void A_phone_behind_a_NAT_displaces_junk_that_came_more_than_once_when_that_has_ended()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Mallory, Fax);
        call.FromAlice(Mallory, Fax);

        call.FromAlice(Natted, RtpBytes.Rtp(1)).ShouldBeNull();
        _relay.Advance(LatchTimes.Settle);
        call.FromAlice(Natted, RtpBytes.Rtp(101)).ShouldBe(Bob);
    }

    [Fact]
    public void A_fax_at_a_new_address_is_taken_when_the_voice_has_ended()
    {
        var call = new Call(_relay);
        Endpoint gateway = At("192.0.2.77", 41_000);
        call.AliceSpeaks(1);
        _relay.Command($"U call {gateway.ToIPAddress()} {gateway.Port} alice");
        call.AliceSpeaks(2);
        _relay.Advance(LatchTimes.Alive);

        call.FromAlice(gateway, Fax).ShouldBe(Bob);
        call.FromBob(Bob, Fax).ShouldBe(gateway);
        call.AliceSpeaks(3).ShouldBeNull("the voice gateway is no party any more");
    }

    [Fact]
    public void A_fax_from_another_port_behind_the_same_NAT_is_taken_after_a_new_description()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Natted, RtpBytes.Rtp(1));
        call.FromAlice(Natted, RtpBytes.Rtp(2));
        _relay.Command("U call 10.0.0.1 40002 alice");
        call.FromAlice(Natted.WithPort(1_002), Fax).ShouldBeNull("not within the settling time");
        _relay.Advance(LatchTimes.Settle);

        call.FromAlice(Mallory, Fax).ShouldBeNull();
        call.FromAlice(Natted.WithPort(1_002), Fax).ShouldBe(Bob);
        call.FromBob(Bob, Fax).ShouldBe(Natted.WithPort(1_002));
    }

    [Fact]
    public void A_fax_whose_NAT_binding_expired_goes_on_from_another_port()
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Natted, Fax);
        call.FromAlice(Natted, Fax);
        _relay.Advance(LatchTimes.Forgotten);

        call.FromAlice(Mallory, Fax).ShouldBeNull();
        call.FromAlice(Natted.WithPort(2_000), Fax).ShouldBe(Bob);
    }
}
