namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Which of the two parties send RTCP to our port for RTP, and get it on theirs (RFC 5761).</summary>
/// <param name="OffererIsMuxed">Also: <c>a=rtcp-mux</c> is written to the offerer.</param>
/// <param name="AnswererIsMuxed">The answerer took what it was offered.</param>
public readonly record struct RtcpMuxAnswer(bool OffererIsMuxed, bool AnswererIsMuxed);
