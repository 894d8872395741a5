namespace RtpProxy.Controller.Tests.Differential;

public static partial class AgreementCases
{
    private static IEnumerable<ModuleCase> DescriptionForms()
    {
        string audio = "m=audio 5004 RTP/AVP 0 8 101";
        string session = "c=IN IP4 10.1.1.1";
        (string Name, string[] Lines)[] forms =
        [
            ("session c= and one of the media", [session, "t=0 0", audio, "m=video 5006 RTP/AVP 96", "c=IN IP4 10.2.2.2"]),
            ("all media with their own c=",
                ["c=IN IP4 10.3.3.3", "t=0 0", audio, "c=IN IP4 10.1.1.1", "m=video 5006 RTP/AVP 96", "c=IN IP4 10.2.2.2"]),
            ("only c= of the media", ["t=0 0", audio, "c=IN IP4 10.1.1.1"]),
            ("second medium on hold", [session, "t=0 0", audio, "m=video 5006 RTP/AVP 96", "c=IN IP4 0.0.0.0"]),
            ("multicast", ["c=IN IP4 224.2.1.1/127", "t=0 0", audio]),
            ("a=rtcp with address", [session, "t=0 0", audio, "a=rtcp:5005 IN IP4 10.1.1.1", "a=sendonly"]),
            ("a=rtcp with blanks", [session, "t=0 0", audio, "a=rtcp:  5005  ", "a=end"]),
            ("candidates without payload types", [session, "t=0 0", "m=audio 5004 RTP/AVP", "a=candidate:1 1 UDP 1 10.1.1.1 1 typ host"]),
            ("several a=rtcp", [session, "t=0 0", audio, "a=rtcp:5005", "a=rtcp:5007 IN IP4 10.1.1.1"]),
            ("a=RTCP is another attribute", [session, "t=0 0", audio, "a=RTCP:5005", "a=rtcp", "a=rtcp-fb:* nack"]),
            ("rtcp-mux", [session, "t=0 0", audio, "a=rtcp:5004", "a=rtcp-mux"]),
            ("a=rtcp of the session", [session, "a=rtcp:5005", "t=0 0", audio]),
            ("directions", [session, "a=inactive", "t=0 0", audio, "a=recvonly"]),
            ("further c= lines", [session, "c=IN IP4 10.7.7.7", "t=0 0", audio, "c=IN IP4 10.8.8.8", "c=IN IP4 10.9.9.9"]),
            ("mark not at the start of a line", [session, "t=0 0", audio, "a=x:a=nortpproxy:yes"]),
            ("mark with more behind it", [session, "t=0 0", audio, "a=nortpproxy:yesterday"]),
            ("mark of the session", [session, "a=nortpproxy:yes", "t=0 0", audio]),
            ("unknown lines", [session, "t=0 0", "y=1", "nonsense", "=", "z", audio, "q=2", "a=", "a=:", "b=AS:64"]),
            ("words apart", ["c=IN  IP4   10.1.1.1  ", "t=0 0", "m=audio  5004  RTP/AVP  0  8  "]),
            ("feedback profile", [session, "t=0 0", "m=audio 5004 RTP/AVPF 0 8"]),
            ("secure profiles",
                [session, "t=0 0", "m=audio 5004 RTP/SAVP 0 8", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", "m=video 5006 RTP/SAVPF 97"]),
            ("small letters", [session, "t=0 0", "m=audio 5004 rtp/avp 0 8"]),
            ("fax", [session, "t=0 0", "m=image 5004 udptl t38", "a=T38FaxVersion:0"]),
            ("floor control", [session, "t=0 0", audio, "m=application 5008 UDP/BFCP *"]),
            ("no payload types", [session, "t=0 0", "m=audio 5004 RTP/AVP"]),
            ("other families in o= and c=", ["c=IN IP6 2001:db8::7", "t=0 0", audio]),
            ("relay's own address already", ["c=IN IP4 127.0.0.5", "t=0 0", audio]),
            ("relay's own port already", [session, "t=0 0", "m=audio 35000 RTP/AVP 0"]),
            ("twelve media",
                [session, "t=0 0", .. Enumerable.Range(0, 12).Select(i => $"m=audio {5000 + (2 * i)} RTP/AVP {i}")]),
            ("no c=", ["t=0 0", audio]),
            ("c= for the first medium only", ["t=0 0", audio, session, "m=video 5006 RTP/AVP 96"]),
            ("no media", [session, "t=0 0"]),
            ("c= without family", ["c=10.1.1.1", "t=0 0", audio]),
            ("c= without address", ["c=IN IP4", "t=0 0", audio]),
            ("c= of another network", ["c=IN IP5 10.1.1.1", "t=0 0", audio]),
            ("m= without transport", [session, "t=0 0", "m=audio 5004"]),
            ("m= without port", [session, "t=0 0", "m=audio"]),
            ("address type behind a tab", ["c=IN\tIP4 10.1.1.1", "t=0 0", audio]),
            ("address type without network", ["c=IP4 10.1.1.1", "t=0 0", audio]),
            ("two address types", ["c=IN IP4 IP6 2001:db8::7", "t=0 0", audio]),
            ("two addresses", ["c=IN IP4 10.1.1.1 IP4 10.2.2.2", "t=0 0", audio]),
            ("more behind the address", ["c=IN IP4 10.1.1.1 x", "t=0 0", audio]),
            ("half an address type behind the address", ["c=IN IP4 10.1.1.1 IP", "t=0 0", audio]),
            ("IPv6 in its longer forms", ["c=IN IP6 ::ffff:10.1.1.1", "t=0 0", audio]),
            ("a=rtcp behind a blank", [session, "t=0 0", audio, "a=rtcp:5005", "a= rtcp:5007", "a=rtcp :5009"]),
            ("a=rtcp with the address of the other family", [session, "t=0 0", audio, "a=rtcp:5005 IN IP6 2001:db8::1"]),
            ("candidate without a value", [session, "t=0 0", audio, "a=candidate:", "a=candidate"]),
            ("marked and broken", [session, "a=nortpproxy:yes", "m=audio"]),
            ("odd line ends", [session + "\r", "t=0 0\n", audio + "\r", "a=rtcp:5005"]),
            ("forty media and long lines",
                [session, "t=0 0", .. Enumerable.Range(0, 40).SelectMany(i => (string[])[$"m=audio {5000 + (2 * i)} RTP/AVP 0", "a=x:" + new string('x', 500)])]),
            ("C= is not c=", ["C=IN IP4 10.1.1.1", "t=0 0", audio]),
        ];
        foreach ((string name, string[] lines) in forms)
        {
            yield return new ModuleCase(name) { Body = Descriptions.With(lines) };
            yield return new ModuleCase(name + ", flag c") { Body = Descriptions.With(lines), Flags = "rc" };
            yield return new ModuleCase(name + ", without r") { Body = Descriptions.With(lines), Flags = "" };
            yield return new ModuleCase(name + ", IPv6 relay")
            {
                Body = Descriptions.With(lines),
                Replies = ["36100 2001:db8:5::5 6"],
            };
            yield return new ModuleCase(name + ", port only") { Body = Descriptions.With(lines), Replies = ["36100"] };
        }

        yield return new ModuleCase("marked") { Body = Descriptions.Marked };
        yield return new ModuleCase("marked, ignored") { Body = Descriptions.Marked, Flags = "rf" };
        foreach (string user in (string[])["IP4", "IP6"])
        {
            yield return new ModuleCase($"o= of a user called {user}")
            {
                Body = Descriptions.Lines("v=0", $"o={user} 1 1 IN IP4 10.1.1.1", "s=-", session, "t=0 0", audio),
            };
        }

        yield return new ModuleCase("no o=") { Body = Descriptions.Lines("v=0", "s=-", session, "t=0 0", audio) };
        yield return new ModuleCase("no v=")
        {
            Body = Descriptions.Lines("o=u 1 1 IN IP4 10.1.1.1", "s=-", session, "t=0 0", audio),
        };
        yield return new ModuleCase("o= without address")
        {
            Body = Descriptions.Lines("v=0", "o=u 1 1", "s=-", session, "t=0 0", audio),
        };
        yield return new ModuleCase("o= behind m=")
        {
            Body = Descriptions.Lines("v=0", session, audio, "o=u 1 1 IN IP4 10.1.1.1"),
        };
        yield return new ModuleCase("c= before o=")
        {
            Body = Descriptions.Lines("v=0", session, "o=u 1 1 IN IP4 10.1.1.1", "s=-", audio),
        };
        yield return new ModuleCase("candidates, high") { Body = Candidates, Ice = 1 };
        yield return new ModuleCase("candidates, low") { Body = Candidates, Ice = 2 };
        yield return new ModuleCase("candidates, none") { Body = Candidates, Ice = 0 };
        yield return new ModuleCase("candidates without any") { Ice = 1 };
        yield return new ModuleCase("candidates, IPv6 relay")
        {
            Body = Candidates,
            Ice = 1,
            Replies = ["36100 2001:db8:5::5 6"],
        };
    }

    private static string Candidates { get; } = Descriptions.With(
        "c=IN IP4 10.1.1.1", "t=0 0", "m=audio 5004 RTP/AVP 0", "a=ice-ufrag:abcd",
        "a=candidate:1 1 UDP 2130706431 10.1.1.1 5004 typ host",
        "a=candidate:1 2 UDP 2130706430 10.1.1.1 5005 typ host", "a=sendrecv",
        "m=video 5006 RTP/AVP 96", "a=candidate:1 1 UDP 2130706431 10.1.1.1 5006 typ host", "m=audio 5008 RTP/AVP 8");

    private static IEnumerable<ModuleCase> BodyForms()
    {
        string plain = Descriptions.Plain;
        yield return new ModuleCase("line feeds only") { Body = plain.Replace("\r\n", "\n", StringComparison.Ordinal) };
        yield return new ModuleCase("no line end at the end") { Body = plain.TrimEnd() };
        yield return new ModuleCase("empty lines at the end") { Body = plain + "\r\n\r\n" };
        yield return new ModuleCase("empty line at the start") { Body = "\r\n" + plain };
        yield return new ModuleCase("oddly written headers") { IsOddlyWritten = true };
        yield return new ModuleCase("no body") { Body = null };
        yield return new ModuleCase("empty body") { Body = "" };
        yield return new ModuleCase("no Content-Type") { BodyHeaders = "X: y\r\n" };
        yield return new ModuleCase("no Content-Type, marked") { BodyHeaders = "X: y\r\n", Body = Descriptions.Marked };
        yield return new ModuleCase("no Content-Length") { ExtraLength = null };
        yield return new ModuleCase("Content-Length beyond the end") { ExtraLength = 1 };
        yield return new ModuleCase("text") { BodyHeaders = "Content-Type: text/plain\r\n" };
        yield return new ModuleCase("capital letters") { BodyHeaders = "Content-Type: APPLICATION/SDP\r\n" };
        yield return new ModuleCase("charset") { BodyHeaders = "Content-Type: application/sdp;charset=utf-8\r\n" };
        string mixed = "Content-Type: multipart/mixed;boundary=b1\r\n";
        string sdpPart = "--b1\r\nContent-Type: application/sdp\r\n\r\n";
        string isup = "--b1\r\nContent-Type: application/ISUP;version=nxv3\r\nContent-Disposition: signal\r\n\r\n"
            + "\u0001\u0000\u00ffm=audio 1 RTP/AVP 0\r\n";
        yield return new ModuleCase("multipart, SDP first")
        {
            BodyHeaders = mixed,
            Body = sdpPart + plain + isup + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, SDP last")
        {
            BodyHeaders = mixed,
            Body = isup + sdpPart + plain + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, two descriptions")
        {
            BodyHeaders = mixed,
            Body = sdpPart + plain + isup + sdpPart + Descriptions.AudioVideo + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, quoted boundary")
        {
            BodyHeaders = "Content-Type: multipart/mixed; boundary=\"b1\"\r\n",
            Body = sdpPart + plain + isup + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, blank in the boundary")
        {
            BodyHeaders = "Content-Type: multipart/mixed; boundary=\"b 1\"\r\n",
            Body = (sdpPart + plain + "--b1--\r\n").Replace("--b1", "--b 1", StringComparison.Ordinal),
        };
        yield return new ModuleCase("multipart, text before the first part")
        {
            BodyHeaders = mixed,
            Body = "preamble\r\n" + sdpPart + plain + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, second marked")
        {
            BodyHeaders = mixed,
            Body = sdpPart + plain + sdpPart + Descriptions.Marked + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, first marked")
        {
            BodyHeaders = mixed,
            Body = sdpPart + Descriptions.Marked + sdpPart + plain + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart without SDP") { BodyHeaders = mixed, Body = isup + "--b1--\r\n" };
        yield return new ModuleCase("multipart without boundary parameter")
        {
            BodyHeaders = "Content-Type: multipart/mixed\r\n",
            Body = sdpPart + plain + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, alternative")
        {
            BodyHeaders = mixed.Replace("mixed", "alternative", StringComparison.Ordinal),
            Body = sdpPart + plain + "--b1--\r\n",
        };
        string nested = "--b1\r\nContent-Type: multipart/alternative;boundary=in\r\n\r\n--in\r\nContent-Type: application/sdp\r\n\r\n"
            + plain + "--in--\r\n";
        yield return new ModuleCase("multipart, nested alone") { BodyHeaders = mixed, Body = nested + "--b1--\r\n" };
        yield return new ModuleCase("multipart, nested and SDP") { BodyHeaders = mixed, Body = nested + sdpPart + plain + "--b1--\r\n" };
        yield return new ModuleCase("multipart, no line end at the end") { BodyHeaders = mixed, Body = sdpPart + plain + "--b1--" };
        yield return new ModuleCase("multipart, first marked and broken")
        {
            BodyHeaders = mixed,
            Body = sdpPart + "a=nortpproxy:yes\r\n" + sdpPart + plain + "--b1--\r\n",
        };
        yield return new ModuleCase("multipart, empty line before the boundary")
        {
            BodyHeaders = mixed,
            Body = sdpPart + plain + "\r\n--b1--\r\n",
        };
        yield return new ModuleCase("over IPv6")
        {
            OverIPv6 = true,
            Body = Descriptions.IPv6,
            Replies = ["36100 2001:db8:5::5 6"],
        };
        yield return new ModuleCase("over IPv6, SIP source counts")
        {
            OverIPv6 = true,
            Body = Descriptions.IPv6,
            Flags = "",
            Replies = ["36100 2001:db8:5::5 6"],
        };
        yield return new ModuleCase("over IPv6, no address in the reply")
        {
            OverIPv6 = true,
            Body = Descriptions.IPv6,
            Replies = ["36100"],
        };
        yield return new ModuleCase("over IPv6, IPv4 description") { OverIPv6 = true, Flags = "" };
    }
}
