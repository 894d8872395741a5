using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

public sealed class SdpRefusalsTests
{
    [Theory]
    [InlineData("RTP/AVP", SdpProfile.None, null)]
    [InlineData("RTP/AVP", SdpProfile.Avpf, null)]
    [InlineData("RTP/SAVP", SdpProfile.None, null)]
    [InlineData("RTP/SAVP", SdpProfile.Savpf, null)]
    [InlineData("UDP/TLS/RTP/SAVPF", SdpProfile.DtlsSavp, null)]
    [InlineData("udptl", SdpProfile.Savp, null)]
    [InlineData("TCP/RTP/AVP", SdpProfile.Savp, null)]
    [InlineData("RTP/AVP", SdpProfile.Savp, "SRTP is not supported")]
    [InlineData("RTP/AVP", SdpProfile.DtlsSavpf, "SRTP is not supported")]
    [InlineData("RTP/SAVP", SdpProfile.Avp, "SRTP is not supported")]
    [InlineData("UDP/TLS/RTP/SAVPF", SdpProfile.Avp, "SRTP is not supported")]
    [InlineData("RTP/SAVP", SdpProfile.DtlsSavp, "SRTP is not supported")]
    [InlineData("UDP/TLS/RTP/SAVP", SdpProfile.Savp, "SRTP is not supported")]
    public void An_offer_that_would_have_to_be_encrypted_or_decrypted_is_refused(string own, SdpProfile asked, string? error) =>
        SdpRefusals.OfOffer(Bodies.Read(Bodies.Session + $"m=audio 4000 {own} 0\n"), asked).ShouldBe(error);

    [Theory]
    [InlineData("RTP/AVP", "RTP/AVPF", null)]
    [InlineData("RTP/SAVP", "RTP/SAVP", null)]
    [InlineData("RTP/SAVP", "RTP/AVP", "SRTP is not supported")]
    [InlineData("RTP/AVP", "UDP/TLS/RTP/SAVP", "SRTP is not supported")]
    public void An_answer_that_is_encrypted_otherwise_than_its_offer_is_refused(string offered, string answered, string? error)
    {
        SdpFacts offer = Bodies.Read(Bodies.Session + $"m=audio 4000 {offered} 0\n");
        SdpFacts answer = Bodies.Read(Bodies.Session + $"m=audio 4000 {answered} 0\nm=audio 4002 RTP/SAVP 0\n");
        SdpRefusals.OfAnswer(answer, SdpRewriter.Rewrite(offer, Bodies.Plan(offer)).Offered).ShouldBe(error);
    }

    [Fact]
    public void Refused_media_may_have_any_profile() =>
        SdpRefusals.OfOffer(Bodies.Read(Bodies.Audio + "m=audio 0 RTP/SAVP 0\n"), SdpProfile.Avpf).ShouldBeNull();
}
