using System.Net;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

public sealed class SdpFactsTests
{
    [Theory]
    [InlineData("", "Failed to parse SDP")]
    [InlineData("hello\n", "Failed to parse SDP")]
    [InlineData("\n\n", "Failed to parse SDP")]
    [InlineData("o=- 1 1 IN IP4 192.0.2.9\nv=0\nm=audio 4000 RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Audio + "garbage line\n", "Failed to parse SDP")]
    [InlineData(Bodies.Audio + Bodies.Audio, "Failed to parse SDP")]
    [InlineData("v=0\no=- 1 1\nc=IN IP4 192.0.2.9\nm=audio 4000 RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 65536 RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio -1 RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio many RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000/0 RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000/x RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "c=IN IP4 192.0.2.9\nm=audio 4000 RTP/AVP 0\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP4 192.0.2.9\nc=IN IP4 192.0.2.9\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP4 224.2.1.1/127\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP4 host.example\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP4 1\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP4 192.0.2.010\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP4 2001:db8::1\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP6 192.0.2.9\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP6 fe80::1%2\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP5 192.0.2.9\n", "Failed to parse SDP")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=192.0.2.9\n", "Failed to parse SDP")]
    [InlineData("v=0\no=- 1 1 IN IP4 192.0.2.9\ns=-\nt=0 0\nm=audio 4000 RTP/AVP 0\n", "Incomplete SDP specification")]
    [InlineData(Bodies.Session, "Error rewriting SDP")]
    public void What_cannot_be_read_is_refused_with_the_text_that_clients_know(string body, string expected)
    {
        SdpFacts.TryRead(Bodies.Crlf(body), out SdpFacts? facts, out string error).ShouldBeFalse();
        facts.ShouldBeNull();
        error.ShouldBe(expected);
    }

    [Theory]
    [InlineData("v=0\nc=IN IP4 192.0.2.9\nm=audio 4000 RTP/AVP 0\n")]
    [InlineData("v=0\no=John Smith 1 1 IN IP4 host.example\nc=IN IP4 192.0.2.9\nm=audio 4000 RTP/AVP 0\n")]
    [InlineData(Bodies.Session + "m=audio 0 RTP/AVP\n")]
    [InlineData(Bodies.Session + "\nm=audio 4000 RTP/AVP 0\n\n\n")]
    [InlineData("v=0\no=- 1 1 IN IP4 192.0.2.9\nm=audio 0 RTP/AVP 0\nm=message 9 TCP/MSRP *\n")]
    [InlineData(Bodies.Session + "m=audio 4000 RTP/AVP 0 x 200\na=rtpmap:zero PCMU\na=rtcp:what\na=ptime:\na=\n")]
    public void What_a_relay_does_not_need_may_be_missing_or_odd(string body) => Bodies.Read(body).Media.ShouldNotBeEmpty();

    [Fact]
    public void A_body_within_the_limits_is_read_and_one_beyond_is_not()
    {
        string lines = string.Concat(Enumerable.Repeat("m=audio 4000 RTP/AVP 0\n", SdpFacts.MaxMedia));
        Bodies.Read(Bodies.Session + lines).Media.Length.ShouldBe(SdpFacts.MaxMedia);
        ErrorOf(Bodies.Session + lines + "m=audio 4000 RTP/AVP 0\n").ShouldBe(SdpErrors.Unreadable);

        string padding = Bodies.Crlf(Bodies.Audio) + "a=x:";
        string longest = padding + new string('y', SdpFacts.MaxLength - padding.Length);
        SdpFacts.TryRead(longest, out _, out _).ShouldBeTrue();
        ErrorOf(longest + "y").ShouldBe(SdpErrors.Unreadable);

        ErrorOf(Bodies.Session + "m=audio 4000 RTP/AVP " + new string('0', SdpFacts.MaxMediaLine)).ShouldBe(SdpErrors.Unreadable);
        ErrorOf(Bodies.Audio + "a=mid:" + new string('m', SdpFacts.MaxName + 1)).ShouldBe(SdpErrors.Unreadable);
    }

    [Fact]
    public void Everything_that_a_media_line_says_is_read()
    {
        SdpFacts facts = Bodies.Read(
            Bodies.Session + "a=recvonly\na=setup:actpass\na=rtpengine:1234abcd\n"
            + "m=audio 4000/2 rtp/savpf 0 101 96 9 101\nc=IN IP6 2001:db8::7\na=rtpmap:101 telephone-event/8000\n"
            + "a=rtpmap:96 opus/48000/2\na=sendonly\na=rtcp:4009 IN IP4 198.51.100.6\na=rtcp-mux\na=ptime:30\na=mid:m1\n"
            + "a=label:main\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\na=fingerprint:sha-256 00:11\na=ice-ufrag:u\n"
            + "m=video 0 RTP/AVP 97\nm=image 4002 UDPTL t38\n");

        facts.Origin!.SessionId.ShouldBe("1001");
        facts.Origin.VersionNumber.ShouldBe(1UL);
        facts.Origin.Address.ShouldBe("198.51.100.5");
        facts.Direction.ShouldBe(MediaDirection.ReceiveOnly);
        facts.HasLoopMark("1234abcd").ShouldBeTrue();
        facts.HasLoopMark("1234").ShouldBeFalse();

        SdpMediaFacts audio = facts.Media[0];
        (audio.Index, audio.Type, audio.Port, audio.PortCount).ShouldBe((1, "audio", 4000, 2));
        (audio.Protocol, audio.Profile, audio.Kind).ShouldBe(("rtp/savpf", SdpProfile.Savpf, SdpMediaKind.Rtp));
        audio.Address.ShouldBe(IPAddress.Parse("2001:db8::7"));
        (audio.RtcpPort, audio.RtcpAddress).ShouldBe((4009, IPAddress.Parse("198.51.100.6")));
        (audio.HasRtcpMux, audio.HasCrypto, audio.HasIce, audio.IsSecure).ShouldBe((true, true, true, true));
        (audio.Direction, audio.Ptime, audio.Mid, audio.Label).ShouldBe((MediaDirection.SendOnly, 30, "m1", "main"));
        (audio.Fingerprint, audio.Setup).ShouldBe(("sha-256 00:11", "actpass"));
        audio.Codecs.ShouldBe(
        [
            new SdpCodec(0, "PCMU", 8000, 1),
            new SdpCodec(101, "telephone-event", 8000, 1),
            new SdpCodec(96, "opus", 48000, 2),
            new SdpCodec(9, "G722", 8000, 1),
        ]);
        audio.TelephoneEvent!.Value.PayloadType.ShouldBe(101);

        SdpMediaFacts video = facts.Media[1];
        (video.NeedsPorts, video.Direction).ShouldBe((false, MediaDirection.ReceiveOnly));
        video.Codecs.ShouldBe([new SdpCodec(97, "", 0, 1)]);
        (facts.Media[2].Kind, facts.Media[2].NeedsPorts, facts.Media[2].Codecs.Length).ShouldBe((SdpMediaKind.Opaque, true, 0));
    }

    [Theory]
    [InlineData("RTP/AVP", SdpMediaKind.Rtp)]
    [InlineData("RTP/AVPF", SdpMediaKind.Rtp)]
    [InlineData("RTP/SAVP", SdpMediaKind.Rtp)]
    [InlineData("UDP/TLS/RTP/SAVP", SdpMediaKind.Rtp)]
    [InlineData("UDP/TLS/RTP/SAVPF", SdpMediaKind.Rtp)]
    [InlineData("udptl", SdpMediaKind.Opaque)]
    [InlineData("UDPTL", SdpMediaKind.Opaque)]
    [InlineData("UDP/BFCP", SdpMediaKind.Opaque)]
    [InlineData("UDP/DTLS/SCTP", SdpMediaKind.Opaque)]
    [InlineData("TCP/MSRP", SdpMediaKind.NotRelayed)]
    [InlineData("TCP/TLS/RTP/SAVP", SdpMediaKind.NotRelayed)]
    [InlineData("TCP/UDP", SdpMediaKind.NotRelayed)]
    [InlineData("RTP/NEW", SdpMediaKind.NotRelayed)]
    public void A_transport_tells_what_can_be_done_with_it(string protocol, SdpMediaKind kind) =>
        Bodies.Read(Bodies.Session + $"m=x 4000 {protocol} 1\n").Media[0].Kind.ShouldBe(kind);

    [Theory]
    [InlineData("c=IN IP4 0.0.0.0", "", true)]
    [InlineData("c=IN IP6 ::", "", true)]
    [InlineData("c=IN IP6 0:0:0:0:0:0:0:0", "", true)]
    [InlineData("c=IN IP4 0.0.0.0", "a=candidate:1 1 UDP 1 198.51.100.5 4000 typ host\n", false)]
    [InlineData("c=IN IP4 0.0.0.0", "a=ice-ufrag:u\n", false)]
    [InlineData("c=IN IP4 198.51.100.5", "", false)]
    public void A_null_address_means_hold_where_no_ICE_says_more(string connection, string attributes, bool isNull) =>
        Bodies.Read($"v=0\n{connection}\nm=audio 9 RTP/AVP 0\n{attributes}").Media[0].HasNullAddress.ShouldBe(isNull);

    [Theory]
    [InlineData("", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\n", true)]
    [InlineData("", "a=zrtp-hash:1.10 fe30efd02423cb05\n", true)]
    [InlineData("a=key-mgmt:mikey AQAFgM\n", "", true)]
    [InlineData("a=fingerprint:sha-256 00:11\n", "a=setup:actpass\n", false)]
    [InlineData("", "", false)]
    public void Keys_are_told_on_any_profile(string ofSession, string ofMedia, bool areTold) =>
        Bodies.Read($"v=0\nc=IN IP4 198.51.100.5\n{ofSession}m=audio 9 RTP/AVP 0\n{ofMedia}").Media[0].HasKeys.ShouldBe(areTold);

    private static string ErrorOf(string body)
    {
        SdpFacts.TryRead(body, out _, out string error).ShouldBeFalse();
        return error;
    }
}
