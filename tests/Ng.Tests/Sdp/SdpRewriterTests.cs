using System.Net;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

public sealed class SdpRewriterTests
{
    [Fact]
    public void A_plain_offer_is_edited_in_place_and_ends_in_our_lines()
    {
        Bodies.Rewrite(Bodies.Audio + "a=ptime:20\na=x-unknown: \u00e9 \na=sendrecv\n").ShouldBe(
            "v=0\no=alice 1001 1 IN IP4 198.51.100.5\ns=call\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 30000 RTP/AVP 0 8 101\n"
            + "a=rtpmap:101 telephone-event/8000\na=x-unknown: \u00e9 \na=sendrecv\na=rtcp:30001\na=ptime:20\n");
    }

    [Theory]
    [InlineData("\r\n", "\r\n", true)]
    [InlineData("\n", "\n", true)]
    [InlineData("\r\n", "\r\n", false)]
    [InlineData("\n", "\n", false)]
    public void Added_lines_end_as_the_first_line_does_and_a_missing_end_is_added(string lineEnd, string added, bool hasLast)
    {
        string body = Bodies.Audio.ReplaceLineEndings(lineEnd);
        SdpFacts.TryRead(hasLast ? body : body[..^lineEnd.Length], out SdpFacts? facts, out _).ShouldBeTrue();
        SdpRewriter.Rewrite(facts!, Bodies.Plan(facts!)).Body.ShouldEndWith(
            $"a=rtpmap:101 telephone-event/8000{lineEnd}a=sendrecv{added}a=rtcp:30001{added}");
    }

    [Fact]
    public void Empty_lines_stay_behind_what_is_added() =>
        Bodies.Rewrite(Bodies.Audio + "\n\n").ShouldEndWith("a=sendrecv\na=rtcp:30001\n\n\n");

    [Theory]
    [InlineData("", "a=sendrecv")]
    [InlineData("a=inactive\n", "a=inactive")]
    [InlineData("a=recvonly\na=sendonly\n", "a=recvonly")]
    public void A_direction_is_always_written(string attributes, string direction)
    {
        string sentOn = Bodies.Rewrite(Bodies.Audio + attributes);
        sentOn.Split('\n').Where(line => line is "a=sendrecv" or "a=sendonly" or "a=recvonly" or "a=inactive").ShouldBe([direction]);
    }

    [Fact]
    public void The_direction_of_the_session_moves_to_its_media() =>
        Bodies.Rewrite(Bodies.Session + "a=sendonly\nm=audio 4000 RTP/AVP 0\nm=video 4002 RTP/AVP 96\na=recvonly\n").ShouldEndWith(
            "t=0 0\nm=audio 30000 RTP/AVP 0\na=sendonly\na=rtcp:30001\nm=video 30002 RTP/AVP 96\na=recvonly\na=rtcp:30003\n");

    [Theory]
    [InlineData("192.0.2.1", "0.0.0.0", "c=IN IP4 0.0.0.0", "a=sendonly")]
    [InlineData("192.0.2.1", "::", "c=IN IP4 0.0.0.0", "a=sendonly")]
    [InlineData("2001:db8::1", "0.0.0.0", "c=IN IP6 ::", "a=sendonly")]
    [InlineData("2001:db8::1", "::", "c=IN IP6 ::", "a=sendonly")]
    [InlineData("2001:db8::1", "198.51.100.5", "c=IN IP6 2001:db8::1", "a=sendrecv")]
    [InlineData("192.0.2.1", "0.0.0.0", "c=IN IP4 0.0.0.0", "a=inactive", "a=recvonly\n")]
    [InlineData("192.0.2.1", "0.0.0.0", "c=IN IP4 0.0.0.0", "a=inactive", "a=inactive\n")]
    public void A_null_address_stays_one_in_our_family(
        string ours, string theirs, string connection, string direction, string attributes = "")
    {
        string body = $"v=0\nc=IN IP{(theirs.Contains(':') ? 6 : 4)} {theirs}\nm=audio 4000 RTP/AVP 0\n{attributes}";
        string sentOn = Bodies.Rewrite(body, plan => plan with { Address = IPAddress.Parse(ours) });
        sentOn.ShouldBe($"v=0\n{connection}\nm=audio 30000 RTP/AVP 0\n{direction}\na=rtcp:30001\n");
    }

    [Fact]
    public void A_null_address_and_its_direction_can_be_overruled()
    {
        string body = Bodies.Audio.Replace("c=IN IP4 198.51.100.5", "c=IN IP4 0.0.0.0", StringComparison.Ordinal);
        string replaced = Bodies.Rewrite(body, plan => plan with { ReplacesNullAddress = true });
        replaced.ShouldContain("c=IN IP4 192.0.2.1\n");
        replaced.ShouldContain("a=sendonly\n");
        Bodies.Rewrite(body + "a=sendrecv\n", plan => plan with { KeepsDirection = true }).ShouldEndWith("a=sendrecv\na=rtcp:30001\n");
        Bodies.Rewrite(body, plan => plan with { KeepsDirection = true }).ShouldNotContain("a=send");
    }

    [Fact]
    public void A_null_address_of_a_party_that_uses_ICE_is_no_hold()
    {
        string body = "v=0\nc=IN IP4 0.0.0.0\nm=audio 9 RTP/AVP 0\na=ice-ufrag:u\na=candidate:1 1 UDP 1 198.51.100.5 4000 typ host\n";
        Bodies.Rewrite(body).ShouldBe("v=0\nc=IN IP4 192.0.2.1\nm=audio 30000 RTP/AVP 0\na=sendrecv\na=rtcp:30001\n");
    }

    [Fact]
    public void Media_that_differs_from_the_session_gets_an_address_of_its_own_behind_its_title() =>
        Bodies.Rewrite(Bodies.Session + "m=message 4000 TCP/MSRP *\ni=text\nb=AS:1\na=path:x\nm=audio 4002 RTP/AVP 0\nm=video 4004 RTP/AVP 96\nc=IN IP4 0.0.0.0\n")
            .ShouldEndWith(
                "c=IN IP4 192.0.2.1\nt=0 0\nm=message 4000 TCP/MSRP *\ni=text\nc=IN IP4 198.51.100.5\nb=AS:1\na=path:x\n"
                + "m=audio 30002 RTP/AVP 0\na=sendrecv\na=rtcp:30003\n"
                + "m=video 30004 RTP/AVP 96\nc=IN IP4 0.0.0.0\na=sendonly\na=rtcp:30005\n");

    [Fact]
    public void Media_that_is_not_relayed_is_left_alone() =>
        Bodies.Rewrite(Bodies.Session + "m=message 4000 TCP/MSRP *\na=path:x\na=setup:active\na=sendonly\n").ShouldBe(
            Bodies.Session + "m=message 4000 TCP/MSRP *\na=path:x\na=setup:active\na=sendonly\n");

    [Fact]
    public void A_session_address_that_no_media_uses_is_ours_all_the_same() =>
        Bodies.Rewrite(Bodies.Session + "m=audio 4000 RTP/AVP 0\nc=IN IP4 198.51.100.6\nm=video 0 RTP/AVP 96\n").ShouldEndWith(
            "c=IN IP4 192.0.2.1\nt=0 0\nm=audio 30000 RTP/AVP 0\nc=IN IP4 192.0.2.1\na=sendrecv\na=rtcp:30001\nm=video 0 RTP/AVP 96\n");

    [Fact]
    public void Refused_media_keeps_nothing_but_its_names() =>
        Bodies.Rewrite(Bodies.Audio + "m=video 0 RTP/AVP 96\ni=v\nb=AS:512\na=rtpmap:96 H264/90000\na=mid:v\na=label:x\na=inactive\na=rtcp-mux\n")
            .ShouldEndWith("m=video 0 RTP/AVP 96\ni=v\nb=AS:512\na=mid:v\na=label:x\n");

    [Fact]
    public void Refused_media_does_not_tell_where_the_party_is() =>
        Bodies.Rewrite(Bodies.Audio + "m=video 0 RTP/AVP 96\nc=IN IP4 10.0.0.7\nm=image 0 udptl t38\nc=IN IP4 0.0.0.0\n")
            .ShouldEndWith("m=video 0 RTP/AVP 96\nc=IN IP4 192.0.2.1\nm=image 0 udptl t38\nc=IN IP4 0.0.0.0\n");

    [Fact]
    public void Media_without_ports_of_ours_is_refused() =>
        Bodies.Rewrite(Bodies.Audio, plan => plan with { Ports = [] }).ShouldEndWith("c=IN IP4 192.0.2.1\nt=0 0\nm=audio 0 RTP/AVP 0 8 101\n");

    [Fact]
    public void An_answer_has_the_media_lines_of_its_offer()
    {
        string offer = Bodies.Session + "m=audio 4000 RTP/AVP 0\nm=image 4002 UDPTL t38\nm=video 4004 RTP/AVP 96 97\n";
        Bodies.Answer(offer, Bodies.Session + "m=audio 5000 RTP/AVP 0\n").ShouldEndWith(
            "a=sendrecv\na=rtcp:30001\nm=image 0 udptl t38\nm=video 0 RTP/AVP 96 97\n");
        Bodies.Answer(offer, "v=0\nm=audio 5000 RTP/AVP 0\nc=IN IP4 198.51.100.7\n").ShouldEndWith(
            "a=rtcp:30001\nm=image 0 udptl t38\nc=IN IP4 192.0.2.1\nm=video 0 RTP/AVP 96 97\nc=IN IP4 192.0.2.1\n");
        Bodies.Answer(Bodies.Session + "m=audio 4000 RTP/AVP 0\n", Bodies.Session + "m=audio 5000 RTP/AVP 0\nm=video 5002 RTP/AVP 96\na=x\nm=text 1 x y\n")
            .ShouldEndWith("m=audio 30000 RTP/AVP 0\na=sendrecv\na=rtcp:30001\n");
    }

    [Fact]
    public void An_answer_carries_the_names_of_its_offer()
    {
        string offer = Bodies.Session + "m=audio 4000 RTP/AVP 0\na=mid:one\nm=audio 4002 RTP/AVP 0\nm=audio 4004 RTP/AVP 0\na=mid:three\n";
        string answer = Bodies.Session + "m=audio 5000 RTP/AVP 0\na=mid:0\na=label:l\nm=audio 5002 RTP/AVP 0\na=mid:1\nm=audio 0 RTP/AVP 0\n";
        Bodies.Answer(offer, answer).ShouldEndWith(
            "m=audio 30000 RTP/AVP 0\na=mid:one\na=label:l\na=sendrecv\na=rtcp:30001\n"
            + "m=audio 30002 RTP/AVP 0\na=sendrecv\na=rtcp:30003\nm=audio 0 RTP/AVP 0\na=mid:three\n");
    }

    [Fact]
    public void Names_are_made_where_there_are_none_and_never_twice() =>
        Bodies.Rewrite(Bodies.Session + "m=audio 1 RTP/AVP 0\nm=audio 2 RTP/AVP 0\na=mid:1\nm=audio 3 RTP/AVP 0\n", plan => plan with { GeneratesMid = true })
            .Split('\n').Where(line => line.StartsWith("a=mid", StringComparison.Ordinal)).ShouldBe(["a=mid:33", "a=mid:1", "a=mid:3"]);

    [Fact]
    public void Media_that_is_not_RTP_gets_a_port_and_nothing_else() =>
        Bodies.Rewrite(Bodies.Session + "m=image 4000 UDPTL t38\na=T38FaxVersion:0\na=ptime:20\na=rtcp:4009\na=sendonly\nm=application 4002 UDP/TLS/BFCP *\na=setup:actpass\na=candidate:x\n")
            .ShouldEndWith("m=image 30000 udptl t38\na=T38FaxVersion:0\na=ptime:20\na=sendonly\nm=application 30002 UDP/TLS/BFCP *\na=setup:actpass\n");

    [Fact]
    public void The_origin_names_us_when_asked_and_even_on_hold()
    {
        static SdpRewriting Replace(SdpRewriting plan) => plan with { ReplacesOrigin = true, Address = IPAddress.Parse("2001:db8::1") };
        Bodies.Rewrite(Bodies.Audio, Replace).ShouldStartWith("v=0\no=alice 1001 1 IN IP6 2001:db8::1\n");
        Bodies.Rewrite(Bodies.Audio.Replace("c=IN IP4 198.51.100.5", "c=IN IP4 0.0.0.0", StringComparison.Ordinal), Replace)
            .ShouldStartWith("v=0\no=alice 1001 1 IN IP6 2001:db8::1\ns=call\nc=IN IP6 ::\n");
    }

    [Fact]
    public void RTCP_is_announced_as_asked()
    {
        string body = Bodies.Audio + "a=rtcp:4009 IN IP4 198.51.100.6\n";
        Bodies.Rewrite(body).ShouldEndWith("a=sendrecv\na=rtcp:30001\n");
        Bodies.Rewrite(body, plan => plan with { RtcpAttribute = RtcpAttribute.None }).ShouldEndWith("a=sendrecv\n");
        Bodies.Rewrite(body, plan => plan with { RtcpAttribute = RtcpAttribute.PortAndAddress })
            .ShouldEndWith("a=sendrecv\na=rtcp:30001 IN IP4 192.0.2.1\n");
    }

    [Fact]
    public void Extensions_bundles_and_loop_marks_are_treated_as_asked()
    {
        string body = Bodies.Session + "a=group:BUNDLE 0 1\na=group:LS 0 1\na=extmap-allow-mixed\na=ice-lite\na=rtpengine:other\n"
            + "m=audio 4000 RTP/AVP 0\na=extmap:1 urn:x\na=bundle-only\na=ssrc:1 cname:x\n";
        Bodies.Rewrite(body, plan => plan with { StripsExtmap = true, LoopMark = "1234abcd" }).ShouldEndWith(
            "t=0 0\na=group:LS 0 1\na=rtpengine:other\na=rtpengine:1234abcd\nm=audio 30000 RTP/AVP 0\na=ssrc:1 cname:x\na=sendrecv\na=rtcp:30001\n");
        Bodies.Rewrite(body).ShouldContain("a=extmap-allow-mixed\na=rtpengine:other\nm=audio");
    }

    [Fact]
    public void A_stripped_codec_takes_its_lines_with_it_and_stays_away_in_the_answer()
    {
        string offer = Bodies.Session + "m=audio 4000 RTP/AVP 8 0 96\na=rtpmap:8 PCMA/8000\na=rtpmap:96 opus/48000/2\na=fmtp:96 x=1\na=rtcp-fb:96 nack\na=rtcp-fb:* nack\na=fmtp:odd\n";
        static SdpRewriting Strip(SdpRewriting plan) => plan with { Codecs = CodecRules.None with { Strip = ["opus"] } };
        Bodies.Rewrite(offer, Strip).ShouldEndWith(
            "m=audio 30000 RTP/AVP 8 0\na=rtpmap:8 PCMA/8000\na=rtcp-fb:* nack\na=fmtp:odd\na=sendrecv\na=rtcp:30001\n");

        SdpFacts facts = Bodies.Read(offer);
        SdpRewritten offered = SdpRewriter.Rewrite(facts, Strip(Bodies.Plan(facts)));
        Bodies.Rewrite(Bodies.Session + "m=audio 5000 RTP/AVP 111 0\na=rtpmap:111 opus/48000/2\n", plan => plan with { Answers = offered.Offered })
            .ShouldEndWith("m=audio 30000 RTP/AVP 0\na=sendrecv\na=rtcp:30001\n");
    }

    [Fact]
    public void A_single_codec_is_asked_of_the_answerer_only()
    {
        static SdpRewriting Single(SdpRewriting plan) => plan with { Codecs = CodecRules.None with { IsSingle = true } };
        Bodies.Rewrite(Bodies.Audio, Single).ShouldContain("m=audio 30000 RTP/AVP 0 8 101\n");
        Bodies.Answer(Bodies.Audio, Bodies.Audio, Single).ShouldContain("m=audio 30000 RTP/AVP 0 101\n");
    }

    [Fact]
    public void A_profile_changes_toward_the_answerer_and_back()
    {
        string offer = Bodies.Session + "m=audio 4000 RTP/AVPF 0\na=rtcp-fb:0 nack\nm=image 4002 UDPTL t38\n";
        Bodies.Rewrite(offer, plan => plan with { Profile = SdpProfile.Avp }).ShouldEndWith(
            "m=audio 30000 RTP/AVP 0\na=sendrecv\na=rtcp:30001\nm=image 30002 udptl t38\n");
        string answer = Bodies.Session + "m=audio 5000 RTP/AVP 0\nm=image 5002 udptl t38\n";
        Bodies.Answer(offer, answer).ShouldContain("m=audio 30000 RTP/AVPF 0\n");
        Bodies.Answer(offer, answer, plan => plan with { AcceptsProfile = true }).ShouldContain("m=audio 30000 RTP/AVP 0\n");
        Bodies.Answer(offer, Bodies.Session + "m=image 5002 udptl t38\n").ShouldContain("m=image 30000 udptl t38\n");
    }

    [Fact]
    public void Keys_pass_only_with_media_that_needs_them()
    {
        string keys = "a=fingerprint:sha-256 00\na=setup:actpass\na=tls-id:1\n";
        string secure = Bodies.Session + keys + "m=audio 4000 UDP/TLS/RTP/SAVPF 0\na=connection:new\nm=audio 4002 RTP/AVP 0\n" + keys;
        Bodies.Rewrite(secure).ShouldEndWith(
            "t=0 0\n" + keys + "m=audio 30000 UDP/TLS/RTP/SAVPF 0\na=connection:new\na=sendrecv\na=rtcp:30001\n"
            + "m=audio 30002 RTP/AVP 0\na=sendrecv\na=rtcp:30003\n");
        Bodies.Rewrite(Bodies.Session + keys + "m=audio 4002 RTP/AVP 0\n").ShouldEndWith("t=0 0\nm=audio 30000 RTP/AVP 0\na=sendrecv\na=rtcp:30001\n");

        string opportunistic = Bodies.Audio + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\n";
        Bodies.Rewrite(opportunistic).ShouldContain("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\n");
    }
}
