namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Where the receiver of a description shall send one medium: our ports toward that party.</summary>
/// <param name="Rtp">1 to 65,535.</param>
/// <param name="Rtcp">1 to 65,535: what <c>a=rtcp</c> names, so the port of RTP where RTCP comes there.</param>
/// <param name="IsMuxWritten"><c>a=rtcp-mux</c> is written.</param>
public readonly record struct SdpMediaPorts(int Rtp, int Rtcp, bool IsMuxWritten)
{
    /// <summary>The ports of an offer's reply.</summary>
    /// <param name="rtp">Our port for RTP; that for RTCP is the next.</param>
    /// <param name="mux">What was decided for this line.</param>
    public static SdpMediaPorts ForOffer(int rtp, RtcpMuxOffer mux) => new(rtp, mux.IsRequired ? rtp : rtp + 1, mux.IsWritten);

    /// <summary>The ports of an answer's reply.</summary>
    /// <param name="rtp">Our port for RTP; that for RTCP is the next.</param>
    /// <param name="isMuxed">RTCP of who offered comes to the same.</param>
    public static SdpMediaPorts ForAnswer(int rtp, bool isMuxed) => new(rtp, isMuxed ? rtp : rtp + 1, isMuxed);
}
