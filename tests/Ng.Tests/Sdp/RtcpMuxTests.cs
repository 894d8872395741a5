using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

public sealed class RtcpMuxTests
{
    // option, A offers mux; offered to B, a=rtcp is the RTP port; B answers with mux; A is muxed, B is muxed
    [Theory]
    [InlineData(RtcpMuxOptions.None, true, true, false, true, true, true)]
    [InlineData(RtcpMuxOptions.None, true, true, false, false, false, false)]
    [InlineData(RtcpMuxOptions.None, false, false, false, false, false, false)]
    [InlineData(RtcpMuxOptions.None, false, false, false, true, false, false)]
    [InlineData(RtcpMuxOptions.Demux, true, false, false, false, true, false)]
    [InlineData(RtcpMuxOptions.Demux, true, false, false, true, true, false)]
    [InlineData(RtcpMuxOptions.Demux, false, false, false, false, false, false)]
    [InlineData(RtcpMuxOptions.Accept, true, true, false, false, true, false)]
    [InlineData(RtcpMuxOptions.Accept, true, true, false, true, true, true)]
    [InlineData(RtcpMuxOptions.Accept, false, false, false, false, false, false)]
    [InlineData(RtcpMuxOptions.Offer, false, true, false, true, false, true)]
    [InlineData(RtcpMuxOptions.Offer, false, true, false, false, false, false)]
    [InlineData(RtcpMuxOptions.Offer, true, true, false, true, true, true)]
    [InlineData(RtcpMuxOptions.Require, false, true, true, true, false, true)]
    [InlineData(RtcpMuxOptions.Require, false, true, true, false, false, false)]
    [InlineData(RtcpMuxOptions.Reject, true, true, false, false, false, false)]
    [InlineData(RtcpMuxOptions.Reject, true, true, false, true, false, true)]
    [InlineData(RtcpMuxOptions.Reject, false, false, false, false, false, false)]
    [InlineData(RtcpMuxOptions.Reject | RtcpMuxOptions.Offer, true, true, false, true, false, true)]
    [InlineData(RtcpMuxOptions.Offer | RtcpMuxOptions.Require, false, true, true, true, false, true)]
    [InlineData(RtcpMuxOptions.Offer | RtcpMuxOptions.Demux, true, true, false, false, false, false)]
    [InlineData(RtcpMuxOptions.Offer | RtcpMuxOptions.Demux, true, true, false, true, true, true)]
    [InlineData(RtcpMuxOptions.Require | RtcpMuxOptions.Demux, true, true, true, false, false, false)]
    [InlineData(RtcpMuxOptions.Accept | RtcpMuxOptions.Reject, true, true, false, false, true, false)]
    [InlineData(RtcpMuxOptions.Demux | RtcpMuxOptions.Reject, true, false, false, false, false, false)]
    [InlineData(RtcpMuxOptions.Demux | RtcpMuxOptions.Accept | RtcpMuxOptions.Reject, true, false, false, true, false, false)]
    public void Mux_is_negotiated_with_each_party(
        RtcpMuxOptions options, bool offererHas, bool isWritten, bool isRequired, bool answererHas, bool offererIs, bool answererIs)
    {
        RtcpMuxOffer offer = RtcpMuxOffer.Decide(options, offererHas);
        (offer.IsWritten, offer.IsRequired).ShouldBe((isWritten, isRequired));
        offer.Answer(answererHas).ShouldBe(new RtcpMuxAnswer(offererIs, answererIs));
    }

    [Theory]
    [InlineData(RtcpMuxOptions.None)]
    [InlineData(RtcpMuxOptions.Demux)]
    [InlineData(RtcpMuxOptions.Reject)]
    public void A_party_that_does_it_goes_on_in_a_further_exchange(RtcpMuxOptions options)
    {
        RtcpMuxOffer offer = RtcpMuxOffer.Decide(options, offererHasMux: false, answererIsMuxed: true);
        (offer.IsWritten, offer.IsRequired).ShouldBe((true, true));
        offer.Answer(true).ShouldBe(new RtcpMuxAnswer(false, true));
        offer.Answer(false).ShouldBe(new RtcpMuxAnswer(false, false));
        RtcpMuxOffer.Decide(RtcpMuxOptions.Demux, offererHasMux: true, answererIsMuxed: true).Answer(false)
            .ShouldBe(new RtcpMuxAnswer(false, false));
    }

    [Fact]
    public void The_port_of_RTCP_is_named_as_long_as_it_may_be_used()
    {
        RtcpMuxOffer plain = RtcpMuxOffer.Decide(RtcpMuxOptions.None, offererHasMux: true);
        SdpMediaPorts.ForOffer(30_000, plain).ShouldBe(new SdpMediaPorts(30_000, 30_001, IsMuxWritten: true));
        SdpMediaPorts.ForAnswer(30_000, plain.Answer(true).OffererIsMuxed).ShouldBe(new SdpMediaPorts(30_000, 30_000, IsMuxWritten: true));
        SdpMediaPorts.ForAnswer(30_000, plain.Answer(false).OffererIsMuxed).ShouldBe(new SdpMediaPorts(30_000, 30_001, IsMuxWritten: false));

        RtcpMuxOffer required = RtcpMuxOffer.Decide(RtcpMuxOptions.Require, offererHasMux: false);
        SdpMediaPorts.ForOffer(30_000, required).ShouldBe(new SdpMediaPorts(30_000, 30_000, IsMuxWritten: true));
    }
}
