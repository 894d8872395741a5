using System.Net;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

internal static class TestMessages
{
    public const string Sdp =
        "v=0\r\no=u 1 1 IN IP4 10.1.1.1\r\ns=-\r\nc=IN IP4 10.1.1.1\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0 8 101\r\n";

    public const string AudioVideo = Sdp + "m=video 5006 RTP/AVP 96\r\n";

    public static MessageContext Context { get; } = new(IPAddress.Parse("192.0.2.1"), IPAddress.Parse("127.0.0.4"));

    public static SipMessage Request(
        string method = "INVITE", string? toTag = null, string? sdp = Sdp, string callId = "call@h", string fromTag = "ft") =>
        Parse($"{method} sip:bob@h SIP/2.0", method, toTag, sdp, callId, fromTag);

    public static SipMessage Reply(
        int status, string method = "INVITE", string? toTag = "tt", string? sdp = Sdp, string callId = "call@h") =>
        Parse($"SIP/2.0 {status} Whatever", method, toTag, sdp, callId, "ft");

    public static string BodyOf(SipMessage message) => message.Body.Copy(message.Text);

    private static SipMessage Parse(
        string start, string method, string? toTag, string? sdp, string callId, string fromTag)
    {
        string text = $"{start}\r\nVia: SIP/2.0/UDP a;branch=z9hG4bKone\r\nVia: SIP/2.0/UDP b;branch=z9hG4bKtwo\r\n"
            + $"From: <sip:alice@h>;tag={fromTag}\r\nTo: <sip:bob@h>{(toTag is null ? "" : ";tag=" + toTag)}\r\n"
            + $"Call-ID: {callId}\r\nCSeq: 1 {method}\r\n{(sdp is null ? "" : "Content-Type: application/sdp\r\n")}"
            + $"Content-Length: {sdp?.Length ?? 0}\r\n\r\n{sdp}";
        return SipMessage.TryParse(text, out SipMessage message, out ParseError error)
            ? message
            : throw new InvalidOperationException(error.ToString());
    }
}
