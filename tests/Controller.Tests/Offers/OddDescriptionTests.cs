using System.Text;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

/// <summary>Descriptions that are odd, and legal or nearly so: what a relay is asked, and what becomes of them.</summary>
public sealed class OddDescriptionTests
{
    private const string Head = "v=0|o=u 1 1 IN IP4 10.1.1.1|s=-|c=IN IP4 10.1.1.1|t=0 0|";

    [Theory]
    [InlineData("no s= and no t=", "v=0|o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0", "Uc0 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("garbage behind it", Head + "m=audio 5004 RTP/AVP 0|garbage|=|x",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 35000 RTP/AVP 0|garbage|=|x", "Uc0 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("a bundle whose second medium goes with the first", Head + "a=group:BUNDLE 0 1|m=audio 5004 UDP/TLS/RTP/SAVPF 111|a=mid:0|m=video 0 UDP/TLS/RTP/SAVPF 96|a=mid:1|a=bundle-only",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|a=group:BUNDLE 0 1|m=audio 35000 UDP/TLS/RTP/SAVPF 111|a=mid:0|m=video 0 UDP/TLS/RTP/SAVPF 96|a=mid:1|a=bundle-only",
        "Uc111 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("a data channel", Head + "m=application 5004 UDP/DTLS/SCTP webrtc-datachannel|a=sctp-port:5000",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=application 35000 UDP/DTLS/SCTP webrtc-datachannel|a=sctp-port:5000",
        "U call@h 10.1.1.1 5004 ft;1")]
    [InlineData("a fax beside a refused voice", Head + "m=audio 0 RTP/AVP 0|m=image 5006 udptl t38",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 0 RTP/AVP 0|m=image 35000 udptl t38", "U call@h 10.1.1.1 5006 ft;2")]
    [InlineData("port 00", Head + "m=audio 5004 RTP/AVP 0|m=video 00 RTP/AVP 96",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 35000 RTP/AVP 0|m=video 00 RTP/AVP 96", "Uc0 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("port 0 of several", Head + "m=audio 5004 RTP/AVP 0|m=video 0/2 RTP/AVP 96|c=",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 35000 RTP/AVP 0|m=video 0/2 RTP/AVP 96|c=", "Uc0 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("several ports", Head + "m=audio 7078/2 RTP/AVP 0",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 35000 RTP/AVP 0", "Uc0 call@h 10.1.1.1 7078 ft;1")]
    [InlineData("messages over TCP that share the session's address", Head + "m=message 2855 TCP/MSRP *|i=chat|a=path:msrp://10.1.1.1:2855/x;tcp|m=audio 5004 RTP/AVP 0",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=message 2855 TCP/MSRP *|i=chat|c=IN IP4 10.1.1.1|a=path:msrp://10.1.1.1:2855/x;tcp|m=audio 35000 RTP/AVP 0",
        "Uc0 call@h 10.1.1.1 5004 ft;2")]
    [InlineData("floor control over TLS as the last line", Head + "m=audio 5004 RTP/AVP 0|m=application 9 TCP/TLS/BFCP *",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 35000 RTP/AVP 0|m=application 9 TCP/TLS/BFCP *|c=IN IP4 10.1.1.1",
        "Uc0 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("RTP over TCP beside RTP", Head + "m=audio 5004 RTP/AVP 0|m=audio 9 TCP/RTP/AVP 0|c=IN IP6 2001:db8::1",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 35000 RTP/AVP 0|m=audio 9 TCP/RTP/AVP 0|c=IN IP6 2001:db8::1",
        "Uc0 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("a session c= in a family that only a refused medium uses", "v=0|o=u 1 1 IN IP4 10.1.1.1|s=-|c=IN IP6 ::1|t=0 0|m=video 0 RTP/AVP 96|m=audio 5004 RTP/AVP 0|c=IN IP4 10.1.1.1",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP6 ::1|t=0 0|m=video 0 RTP/AVP 96|m=audio 35000 RTP/AVP 0|c=IN IP4 127.0.0.5", "Uc0 call@h 10.1.1.1 5004 ft;2")]
    [InlineData("no c= for a refused medium", "v=0|o=u 1 1 IN IP4 10.1.1.1|s=-|t=0 0|m=audio 5004 RTP/AVP 0|c=IN IP4 10.1.1.1|m=video 0 RTP/AVP 96",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|t=0 0|m=audio 35000 RTP/AVP 0|c=IN IP4 127.0.0.5|m=video 0 RTP/AVP 96", "Uc0 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("a host name", "v=0|o=u 1 1 IN IP4 host.name|s=-|c=IN IP4 host.name|t=0 0|m=audio 5004 RTP/AVP 0",
        "v=0|o=u 1 1 IN IP4 127.0.0.5|s=-|c=IN IP4 127.0.0.5|t=0 0|m=audio 35000 RTP/AVP 0", "Uc0 call@h 192.0.2.1 5004 ft;1")]
    public async Task Is_anchored(string what, string before, string after, string command)
    {
        foreach (string end in (string[])["\r\n", "\n"])
        {
            var node = new TestNode();
            SipMessage message = TestMessages.Request(sdp: Lines(before, end));
            MediaResult result = await new CallMedia(new TestNodes(node)).OfferAsync(
                message, TestMessages.Context, MediaFlags.Parse("r"), cancellationToken: TestContext.Current.CancellationToken);
            result.IsDone.ShouldBeTrue($"{what}: {result.Reason}");
            node.Commands.ShouldBe([command], what);
            string sent = Encoding.Latin1.GetString(result.ApplyTo(message));
            sent[(sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]
                .ShouldBe(Lines(after, end).TrimEnd() + "\r\na=nortpproxy:yes" + end, what);
        }
    }

    private static string Lines(string lines, string end) => lines.Replace("|", end, StringComparison.Ordinal) + end;
}
