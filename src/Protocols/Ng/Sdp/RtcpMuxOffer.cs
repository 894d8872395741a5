namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What an offer decided about RTCP on the port of RTP, for one media line; kept until the answer.</summary>
/// <param name="IsWritten">The answerer is offered <c>a=rtcp-mux</c>.</param>
/// <param name="IsRequired">
/// <c>a=rtcp</c> names the port of RTP in the offer already. There is a port for RTCP beside it all the same.
/// </param>
/// <param name="OffererIsMuxed">Whether it is done with the offerer; null when the answerer decides.</param>
public readonly record struct RtcpMuxOffer(bool IsWritten, bool IsRequired, bool? OffererIsMuxed)
{
    /// <summary>Decides when an offer comes.</summary>
    /// <param name="options">The option <c>rtcp-mux</c> of the offer; in an answer it has no effect.</param>
    /// <param name="offererHasMux">The offerer's line has <c>a=rtcp-mux</c>.</param>
    /// <param name="answererIsMuxed">In a further exchange: the answerer does it already, and shall go on.</param>
    public static RtcpMuxOffer Decide(RtcpMuxOptions options, bool offererHasMux, bool answererIsMuxed = false)
    {
        bool isRequired = answererIsMuxed || options.HasFlag(RtcpMuxOptions.Require);
        bool isOffered = isRequired || options.HasFlag(RtcpMuxOptions.Offer);
        bool isDemuxed = options.HasFlag(RtcpMuxOptions.Demux) && !isOffered; // one of them, and to offer is the stronger
        bool? offererIsMuxed = !offererHasMux ? false
            : isDemuxed ? !options.HasFlag(RtcpMuxOptions.Reject)
            : options.HasFlag(RtcpMuxOptions.Accept) ? true
            : options.HasFlag(RtcpMuxOptions.Reject) ? false
            : null;
        return new RtcpMuxOffer(isOffered || (offererHasMux && !isDemuxed), isRequired, offererIsMuxed);
    }

    /// <summary>Decides when the answer comes.</summary>
    /// <param name="answererHasMux">The answerer's line has <c>a=rtcp-mux</c>; it counts only where it was offered.</param>
    public RtcpMuxAnswer Answer(bool answererHasMux)
    {
        bool answererIsMuxed = IsWritten && answererHasMux;
        return new RtcpMuxAnswer(OffererIsMuxed ?? answererIsMuxed, answererIsMuxed);
    }
}
