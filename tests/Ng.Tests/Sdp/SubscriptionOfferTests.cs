using System.Net;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>What a subscriber is offered of the parties of a call (docs/ng.md, recording servers; RFC 7866).</summary>
public sealed class SubscriptionOfferTests
{
    private const string Alice = "v=0\r\no=alice 1001 1 IN IP4 192.0.2.10\r\ns=call\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n"
        + "m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
        + "a=candidate:1 1 UDP 1 10.0.0.10 4000 typ host\r\na=ptime:20\r\na=sendrecv\r\n";

    private const string Bob = "v=0\r\no=bob 2001 1 IN IP4 192.0.2.20\r\ns=answer\r\nc=IN IP4 192.0.2.20\r\nt=0 0\r\n"
        + "m=audio 5000 RTP/AVP 8 96 97\r\na=rtpmap:96 telephone-event/8000\r\na=rtpmap:97 opus/48000/2\r\na=rtcp-fb:8 nack\r\n";

    private static readonly IPAddress Ours = IPAddress.Parse("198.51.100.1");

    [Fact]
    public void Who_is_heard_alone_is_shown_with_what_it_can_send_in_the_words_of_who_receives_it() =>
        Offer(new SubscriptionLine(Kept(Alice), Kept(Bob), new SdpMediaPorts(30_000, 30_001, IsMuxWritten: false), null))
            .Write().ShouldBe("v=0\r\no=alice 1001 1 IN IP4 192.0.2.10\r\ns=call\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\n"
                + "m=audio 30000 RTP/AVP 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=sendonly\r\na=rtcp:30001\r\na=ptime:20\r\n");

    [Fact]
    public void While_nobody_has_answered_all_that_it_offered_is_shown() =>
        Offer(new SubscriptionLine(Kept(Alice), null, new SdpMediaPorts(30_000, 30_001, IsMuxWritten: false), null))
            .Write().ShouldEndWith("m=audio 30000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
                + "a=fmtp:101 0-15\r\na=sendonly\r\na=rtcp:30001\r\na=ptime:20\r\n");

    [Fact]
    public void Several_are_shown_in_a_session_of_ours_with_labels_and_what_is_gone_keeps_its_place()
    {
        SubscriptionOffer offer = Offer(
            new SubscriptionLine(Kept(Alice), Kept(Bob), new SdpMediaPorts(30_000, 30_000, IsMuxWritten: true), "0"),
            new SubscriptionLine(null, null, null, "1"),
            new SubscriptionLine(Kept(Bob), Kept(Alice), null, "2")) with
        { Session = null, Offers = 3, Profile = SdpProfile.Avpf, RtcpAttribute = RtcpAttribute.PortAndAddress, GeneratesMid = true };

        offer.Write().ShouldBe("v=0\r\no=- 77 3 IN IP4 198.51.100.1\r\ns=name\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\n"
            + "m=audio 30000 RTP/AVPF 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=rtcp-fb:8 nack\r\na=mid:1\r\na=sendonly\r\n"
            + "a=rtcp:30000 IN IP4 198.51.100.1\r\na=rtcp-mux\r\na=ptime:20\r\na=label:0\r\n"
            + "m=audio 0 RTP/AVP 0\r\nm=audio 0 RTP/AVP 8 96 97\r\n");
    }

    [Fact]
    public void The_version_rises_with_every_offer_and_the_address_may_be_ours()
    {
        SubscriptionOffer offer = Offer(new SubscriptionLine(Kept(Alice), null, null, null)) with { Offers = 3, ReplacesOrigin = true };

        offer.Write().ShouldContain("\r\no=alice 1001 3 IN IP4 198.51.100.1\r\n");
    }

    [Fact]
    public void Codecs_are_stripped_of_it_as_of_any_offer() =>
        (Offer(new SubscriptionLine(Kept(Alice), null, new SdpMediaPorts(30_000, 30_001, IsMuxWritten: false), null)) with
        {
            Codecs = new CodecRules(["PCMU"], [], [], IsSingle: false),
        }).Write().ShouldContain("m=audio 30000 RTP/AVP 8 101\r\na=rtpmap:101");

    [Fact]
    public void Who_does_not_send_is_offered_inactive_and_a_label_of_its_own_stays_unless_there_is_another()
    {
        var line = new SubscriptionLine(
            Kept(Alice + "a=label:own\r\n"), null, new SdpMediaPorts(30_000, 30_001, IsMuxWritten: false), null, IsSending: false);

        Offer(line).Write().ShouldContain("a=inactive\r\na=rtcp:30001\r\na=ptime:20\r\na=label:own\r\n");
        Offer(line with { Label = "0" }).Write().ShouldEndWith("a=ptime:20\r\na=label:0\r\n");
    }

    [Fact]
    public void What_is_no_RTP_is_shown_as_it_is()
    {
        string fax = "v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n"
            + "m=image 4000 udptl t38\r\na=T38FaxVersion:0\r\na=sendrecv\r\n";

        Offer(new SubscriptionLine(Kept(fax), null, new SdpMediaPorts(30_000, 30_001, IsMuxWritten: false), null)).Write()
            .ShouldEndWith("m=image 30000 udptl t38\r\na=T38FaxVersion:0\r\na=sendonly\r\n");
    }

    [Fact]
    public void Of_what_the_parties_encrypt_and_of_what_is_refused_nothing_is_kept()
    {
        Excerpt("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc\r\n").ShouldBeNull();
        Excerpt("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 0\r\n").ShouldBeNull();
        Excerpt("v=0\r\nc=IN IP4 192.0.2.1\r\nm=message 4000 TCP/MSRP *\r\n").ShouldBeNull();
        SdpExcerpt.Read(null).ShouldBeNull();
        SdpExcerpt.Read([1, 2, 3]).ShouldBeNull();
    }

    [Fact]
    public void Of_who_was_answered_what_was_taken_is_kept()
    {
        SdpFacts.TryRead(Alice, out SdpFacts? facts, out _).ShouldBeTrue();
        SdpFacts kept = SdpExcerpt.Read(SdpExcerpt.Write(facts!, facts!.Media[0], CodecRules.None)).ShouldNotBeNull();

        Offer(new SubscriptionLine(kept, null, new SdpMediaPorts(30_000, 30_001, IsMuxWritten: false), null)).Write()
            .ShouldContain("m=audio 30000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendonly");
    }

    [Fact]
    public void What_is_kept_is_bounded()
    {
        string many = string.Concat(Enumerable.Range(0, 2_000).Select(number => $"a=fmtp:0 {number}\r\n"));

        byte[] kept = Excerpt($"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns={new string('s', 1_000)}\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0\r\n{many}").ShouldNotBeNull();

        kept.Length.ShouldBeInRange(SdpExcerpt.MaxLength - 100, SdpExcerpt.MaxLength);
        SdpExcerpt.Read(kept).ShouldNotBeNull();
    }

    private static SubscriptionOffer Offer(params SubscriptionLine[] lines) => new()
    {
        Address = Ours,
        Lines = [.. lines],
        Session = lines[0].Source,
        SessionNumber = 77,
        Offers = 1,
        Name = "name",
    };

    private static SdpFacts Kept(string body) => SdpExcerpt.Read(Excerpt(body)).ShouldNotBeNull();

    private static byte[]? Excerpt(string body)
    {
        SdpFacts.TryRead(body, out SdpFacts? facts, out string error).ShouldBeTrue(error);
        return SdpExcerpt.Write(facts!, facts!.Media[0]);
    }
}
