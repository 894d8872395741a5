using System.Text;

namespace RtpProxy.Sip.Tests;

/// <summary>Messages for tests.</summary>
internal static class Messages
{
    public const string Invite =
        "INVITE sip:bob@biloxi.example.com SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds;rport\r\n"
        + "Max-Forwards: 70\r\n"
        + "To: Bob <sip:bob@biloxi.example.com>\r\n"
        + "From: Alice <sip:alice@atlanta.example.com>;tag=1928301774\r\n"
        + "Call-ID: a84b4c76e66710@pc33.atlanta.example.com\r\n"
        + "CSeq: 314159 INVITE\r\n"
        + "Content-Type: application/sdp\r\n"
        + "Content-Length: 5\r\n\r\nv=0\r\n";

    public static SipMessage Parse(string text)
    {
        SipMessage.TryParse(text, out SipMessage message, out ParseError error).ShouldBeTrue(error.ToString());
        return message;
    }

    public static ParseError ErrorOf(string text)
    {
        SipMessage.TryParse(text, out _, out ParseError error).ShouldBeFalse();
        return error;
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A whole text as the place of a value.</summary>
    public static TextSpan All(string text) => new(0, text.Length);
}
