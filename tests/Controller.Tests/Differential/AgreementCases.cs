namespace RtpProxy.Controller.Tests.Differential;

/// <summary>Messages with which the module and our library do the same, byte for byte.</summary>
public static class AgreementCases
{
    public static IReadOnlyList<ModuleCase> All { get; } =
        [.. Flags(), .. Replies(), .. DescriptionForms(), .. BodyForms(), .. Answers(), .. Manage(), .. Commands()];

    private static IEnumerable<ModuleCase> Flags()
    {
        string[] plain = ["", "r", "a", "w", "i", "e", "ie", "EI", "ii", "ee", "rwz20", "rz30o", "rc", "ro", "rf", "rt", "x", "rx", "R", "A", "W", "rIE",
            "rC", "rF", "rO", "rZ40", "rX", "rT", "raf1", "r1", "r3"];
        foreach (string flags in plain)
        {
            yield return new ModuleCase($"offer with flags '{flags}'") { Flags = flags };
        }

        foreach (string flags in (string[])["s", "k", "q", "rB", "r=", "r ie"])
        {
            yield return new ModuleCase($"unknown flags '{flags}'") { Flags = flags };
        }

        yield return new ModuleCase("extra identifier") { Flags = "rb", ExtraId = "extra7" };
        yield return new ModuleCase("extra identifier loses to the branch") { Flags = "rb1", ExtraId = "extra7" };
        yield return new ModuleCase("second branch") { Flags = "r2", HasSecondVia = true };
        yield return new ModuleCase("second branch that is missing") { Flags = "r2" };
        yield return new ModuleCase("lookup only") { Flags = "rl", ToTag = "tt" };
        yield return new ModuleCase("lookup only without To tag") { Flags = "rl" };
        yield return new ModuleCase("lookup only in a reply") { Flags = "rl", Status = 200, ToTag = "tt" };
        yield return new ModuleCase("lookup of no session") { Flags = "rl", ToTag = "tt", Replies = ["0"] };
        yield return new ModuleCase("re-packetization by a node without it") { Flags = "rz20", Set = 1 };
        yield return new ModuleCase("a node without optional features") { Set = 1 };
        yield return new ModuleCase("no usable node") { Set = 2 };
        yield return new ModuleCase("bridging by family, IPv6") { Flags = "rx", Body = Descriptions.IPv6 };
        yield return new ModuleCase("bridging by family, answer") { Do = "answer", Status = 200, ToTag = "tt", Flags = "rx", Body = Descriptions.IPv6 };
        yield return new ModuleCase("bridging to IPv6") { Flags = "rx", Replies = ["36100 2001:db8:5::5 6"] };
    }

    private static IEnumerable<ModuleCase> Replies()
    {
        string[] replies = ["35000", "35001 192.0.2.9", "  35002   192.0.2.9 \r\nmore lines", "\r\n35003\t192.0.2.9", "36100 2001:db8:5::5 6", "36100 2001:db8:5::5",
            "36100 192.0.2.5 && 0", "36100 192.0.2.5 4", "E37", "E50", "0", "", "65535", "65536", "700000000000", "hello", "35000abc 192.0.2.5", "35000 relay.example.com"];
        foreach (string reply in replies)
        {
            yield return new ModuleCase($"reply '{reply}'") { Replies = [reply] };
            yield return new ModuleCase($"reply '{reply}' without r") { Replies = [reply], Flags = "" };
        }

        yield return new ModuleCase("address given") { Address = "9.9.9.9" };
        yield return new ModuleCase("address given, IPv6 text") { Address = "2001:db8::9" };
        yield return new ModuleCase("address given, no address in the reply") { Address = "9.9.9.9", Replies = ["35000"] };
        yield return new ModuleCase("address given, held") { Address = "9.9.9.9", Body = Descriptions.With("c=IN IP4 10.1.1.1", "t=0 0", "m=audio 5004 RTP/AVP 0", "m=audio 5006 RTP/AVP 0", "c=IN IP4 0.0.0.0") };
        yield return new ModuleCase("IPv6 SDP, reply without address") { Body = Descriptions.IPv6, Replies = ["36100"] };
        yield return new ModuleCase("IPv6 SDP, reply without address, SIP source counts") { Body = Descriptions.IPv6, Replies = ["36100"], Flags = "" };
        yield return new ModuleCase("IPv6 SDP, IPv4 reply") { Body = Descriptions.IPv6 };
    }

    private static IEnumerable<ModuleCase> DescriptionForms()
    {
        string audio = "m=audio 5004 RTP/AVP 0 8 101";
        string session = "c=IN IP4 10.1.1.1";
        (string Name, string[] Lines)[] forms =
        [
            ("session c= and one of the media", [session, "t=0 0", audio, "m=video 5006 RTP/AVP 96", "c=IN IP4 10.2.2.2"]),
            ("all media with their own c=", ["c=IN IP4 10.3.3.3", "t=0 0", audio, "c=IN IP4 10.1.1.1", "m=video 5006 RTP/AVP 96", "c=IN IP4 10.2.2.2"]),
            ("only c= of the media", ["t=0 0", audio, "c=IN IP4 10.1.1.1"]),
            ("second medium on hold", [session, "t=0 0", audio, "m=video 5006 RTP/AVP 96", "c=IN IP4 0.0.0.0"]),
            ("port 0", [session, "t=0 0", "m=audio 0 RTP/AVP 8"]),
            ("port 0 and a=rtcp", [session, "t=0 0", audio, "m=video 0 RTP/AVP 96", "a=rtcp:7001"]),
            ("port 00", [session, "t=0 0", "m=audio 00 RTP/AVP 8"]),
            ("several ports", [session, "t=0 0", "m=video 7002/2 RTP/AVP 96"]),
            ("multicast", ["c=IN IP4 224.2.1.1/127", "t=0 0", audio]),
            ("host name", ["c=IN IP4 phone.example.com", "t=0 0", audio]),
            ("a=rtcp with address", [session, "t=0 0", audio, "a=rtcp:5005 IN IP4 10.1.1.1", "a=sendonly"]),
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
            ("secure profiles", [session, "t=0 0", "m=audio 5004 RTP/SAVP 0 8", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", "m=video 5006 RTP/SAVPF 97"]),
            ("small letters", [session, "t=0 0", "m=audio 5004 rtp/avp 0 8"]),
            ("fax", [session, "t=0 0", "m=image 5004 udptl t38", "a=T38FaxVersion:0"]),
            ("floor control", [session, "t=0 0", audio, "m=application 5008 UDP/BFCP *"]),
            ("no payload types", [session, "t=0 0", "m=audio 5004 RTP/AVP"]),
            ("other families in o= and c=", ["c=IN IP6 2001:db8::7", "t=0 0", audio]),
            ("relay's own address already", ["c=IN IP4 127.0.0.5", "t=0 0", audio]),
            ("relay's own port already", [session, "t=0 0", "m=audio 35000 RTP/AVP 0"]),
            ("twelve media", [session, "t=0 0", .. Enumerable.Range(0, 12).Select(i => $"m=audio {5000 + (2 * i)} RTP/AVP {i}")]),
            ("no c=", ["t=0 0", audio]),
            ("c= for the first medium only", ["t=0 0", audio, session, "m=video 5006 RTP/AVP 96"]),
            ("no media", [session, "t=0 0"]),
            ("c= without family", ["c=10.1.1.1", "t=0 0", audio]),
            ("c= without address", ["c=IN IP4", "t=0 0", audio]),
            ("c= of another network", ["c=IN IP5 10.1.1.1", "t=0 0", audio]),
            ("m= without transport", [session, "t=0 0", "m=audio 5004"]),
            ("m= without port", [session, "t=0 0", "m=audio"]),
            ("C= is not c=", ["C=IN IP4 10.1.1.1", "t=0 0", audio]),
        ];
        foreach ((string name, string[] lines) in forms)
        {
            yield return new ModuleCase(name) { Body = Descriptions.With(lines) };
            yield return new ModuleCase(name + ", flag c") { Body = Descriptions.With(lines), Flags = "rc" };
            yield return new ModuleCase(name + ", without r") { Body = Descriptions.With(lines), Flags = "" };
            yield return new ModuleCase(name + ", IPv6 relay") { Body = Descriptions.With(lines), Replies = ["36100 2001:db8:5::5 6"] };
            yield return new ModuleCase(name + ", port only") { Body = Descriptions.With(lines), Replies = ["36100"] };
        }

        yield return new ModuleCase("marked") { Body = Descriptions.Marked };
        yield return new ModuleCase("marked, ignored") { Body = Descriptions.Marked, Flags = "rf" };
        yield return new ModuleCase("no o=") { Body = Descriptions.Lines("v=0", "s=-", session, "t=0 0", audio) };
        yield return new ModuleCase("no v=") { Body = Descriptions.Lines("o=u 1 1 IN IP4 10.1.1.1", "s=-", session, "t=0 0", audio) };
        yield return new ModuleCase("o= without address") { Body = Descriptions.Lines("v=0", "o=u 1 1", "s=-", session, "t=0 0", audio) };
        yield return new ModuleCase("o= behind m=") { Body = Descriptions.Lines("v=0", session, audio, "o=u 1 1 IN IP4 10.1.1.1") };
        yield return new ModuleCase("c= before o=") { Body = Descriptions.Lines("v=0", session, "o=u 1 1 IN IP4 10.1.1.1", "s=-", audio) };
        yield return new ModuleCase("candidates, high") { Body = Candidates, Ice = 1 };
        yield return new ModuleCase("candidates, low") { Body = Candidates, Ice = 2 };
        yield return new ModuleCase("candidates, none") { Body = Candidates, Ice = 0 };
        yield return new ModuleCase("candidates without any") { Ice = 1 };
        yield return new ModuleCase("candidates, IPv6 relay") { Body = Candidates, Ice = 1, Replies = ["36100 2001:db8:5::5 6"] };
    }

    private static string Candidates { get; } = Descriptions.With(
        "c=IN IP4 10.1.1.1", "t=0 0", "m=audio 5004 RTP/AVP 0", "a=ice-ufrag:abcd",
        "a=candidate:1 1 UDP 2130706431 10.1.1.1 5004 typ host", "a=candidate:1 2 UDP 2130706430 10.1.1.1 5005 typ host", "a=sendrecv",
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
        yield return new ModuleCase("text") { BodyHeaders = "Content-Type: text/plain\r\n" };
        yield return new ModuleCase("capital letters") { BodyHeaders = "Content-Type: APPLICATION/SDP\r\n" };
        yield return new ModuleCase("charset") { BodyHeaders = "Content-Type: application/sdp;charset=utf-8\r\n" };
        string mixed = "Content-Type: multipart/mixed;boundary=b1\r\n";
        string sdpPart = "--b1\r\nContent-Type: application/sdp\r\n\r\n";
        string isup = "--b1\r\nContent-Type: application/ISUP;version=nxv3\r\nContent-Disposition: signal\r\n\r\n\u0001\u0000\u00ffm=audio 1 RTP/AVP 0\r\n";
        yield return new ModuleCase("multipart, SDP first") { BodyHeaders = mixed, Body = sdpPart + plain + isup + "--b1--\r\n" };
        yield return new ModuleCase("multipart, SDP last") { BodyHeaders = mixed, Body = isup + sdpPart + plain + "--b1--\r\n" };
        yield return new ModuleCase("multipart, two descriptions") { BodyHeaders = mixed, Body = sdpPart + plain + isup + sdpPart + Descriptions.AudioVideo + "--b1--\r\n" };
        yield return new ModuleCase("multipart, quoted boundary") { BodyHeaders = "Content-Type: multipart/mixed; boundary=\"b1\"\r\n", Body = sdpPart + plain + isup + "--b1--\r\n" };
        yield return new ModuleCase("multipart, blank in the boundary") { BodyHeaders = "Content-Type: multipart/mixed; boundary=\"b 1\"\r\n", Body = (sdpPart + plain + "--b1--\r\n").Replace("--b1", "--b 1", StringComparison.Ordinal) };
        yield return new ModuleCase("multipart, text before the first part") { BodyHeaders = mixed, Body = "preamble\r\n" + sdpPart + plain + "--b1--\r\n" };
        yield return new ModuleCase("multipart, second marked") { BodyHeaders = mixed, Body = sdpPart + plain + sdpPart + Descriptions.Marked + "--b1--\r\n" };
        yield return new ModuleCase("multipart, first marked") { BodyHeaders = mixed, Body = sdpPart + Descriptions.Marked + sdpPart + plain + "--b1--\r\n" };
        yield return new ModuleCase("multipart without SDP") { BodyHeaders = mixed, Body = isup + "--b1--\r\n" };
        yield return new ModuleCase("multipart without boundary parameter") { BodyHeaders = "Content-Type: multipart/mixed\r\n", Body = sdpPart + plain + "--b1--\r\n" };
        yield return new ModuleCase("multipart, alternative") { BodyHeaders = mixed.Replace("mixed", "alternative", StringComparison.Ordinal), Body = sdpPart + plain + "--b1--\r\n" };
        yield return new ModuleCase("multipart, empty line before the boundary") { BodyHeaders = mixed, Body = sdpPart + plain + "\r\n--b1--\r\n" };
        yield return new ModuleCase("over IPv6") { OverIPv6 = true, Body = Descriptions.IPv6, Replies = ["36100 2001:db8:5::5 6"] };
        yield return new ModuleCase("over IPv6, SIP source counts") { OverIPv6 = true, Body = Descriptions.IPv6, Flags = "", Replies = ["36100 2001:db8:5::5 6"] };
        yield return new ModuleCase("over IPv6, no address in the reply") { OverIPv6 = true, Body = Descriptions.IPv6, Replies = ["36100"] };
        yield return new ModuleCase("over IPv6, IPv4 description") { OverIPv6 = true, Flags = "" };
    }

    private static IEnumerable<ModuleCase> Answers()
    {
        foreach (int status in (int[])[183, 200])
        {
            yield return new ModuleCase($"answer in a {status}") { Do = "answer", Status = status, ToTag = "tt" };
            yield return new ModuleCase($"offer in a {status}") { Do = "offer", Status = status, ToTag = "tt" };
            foreach (string flags in (string[])["", "a", "w", "ie", "rz20", "r1", "r2", "r3", "rc"])
            {
                yield return new ModuleCase($"answer in a {status}, flags '{flags}'") { Do = "answer", Status = status, ToTag = "tt", Flags = flags };
            }
        }

        yield return new ModuleCase("answer in an ACK") { Do = "answer", Method = "ACK", ToTag = "tt" };
        yield return new ModuleCase("answer in an ACK without To tag") { Do = "answer", Method = "ACK" };
        yield return new ModuleCase("answer in an INVITE") { Do = "answer", ToTag = "tt" };
        yield return new ModuleCase("answer with l") { Do = "answer", Status = 200, ToTag = "tt", Flags = "rl" };
        yield return new ModuleCase("answer without To tag") { Do = "answer", Status = 200 };
        yield return new ModuleCase("offer in a 200 without To tag") { Do = "offer", Status = 200 };
        yield return new ModuleCase("answer to audio and video") { Do = "answer", Status = 200, ToTag = "tt", Body = Descriptions.AudioVideo };
        yield return new ModuleCase("video refused") { Do = "answer", Status = 200, ToTag = "tt", Body = Descriptions.AudioVideo.Replace("5006", "0", StringComparison.Ordinal) };
        yield return new ModuleCase("re-INVITE") { ToTag = "tt" };
        yield return new ModuleCase("re-INVITE by the callee") { FromTag = "tt", ToTag = "ft" };
        yield return new ModuleCase("hold by direction") { ToTag = "tt", Body = Descriptions.Plain.Replace("sendrecv", "sendonly", StringComparison.Ordinal) };
        yield return new ModuleCase("no From tag") { FromTag = null };
        yield return new ModuleCase("odd tags") { FromTag = "a%20b;x=y", ToTag = "T.t-*!" };
    }

    private static IEnumerable<ModuleCase> Manage()
    {
        (string Method, int Status, string? ToTag, bool HasSdp)[] messages =
        [
            ("INVITE", 0, null, true), ("INVITE", 0, null, false), ("INVITE", 0, "tt", true), ("INVITE", 180, "tt", false), ("INVITE", 183, "tt", true),
            ("INVITE", 200, "tt", true), ("INVITE", 200, "tt", false), ("INVITE", 302, "tt", false), ("INVITE", 486, "tt", false), ("INVITE", 603, "tt", true),
            ("ACK", 0, "tt", true), ("ACK", 0, "tt", false), ("BYE", 0, "tt", false), ("BYE", 200, "tt", false), ("CANCEL", 0, null, false),
            ("PRACK", 0, "tt", true), ("PRACK", 0, "tt", false), ("PRACK", 200, "tt", true), ("UPDATE", 0, "tt", true), ("UPDATE", 200, "tt", true),
            ("UPDATE", 200, "tt", false), ("INFO", 0, "tt", false), ("OPTIONS", 0, null, true), ("OPTIONS", 200, "tt", true), ("MESSAGE", 0, "tt", false),
            ("REGISTER", 0, null, false), ("BYE", 481, "tt", false),
        ];
        foreach ((string method, int status, string? toTag, bool hasSdp) in messages)
        {
            string name = $"manage {method} {(status == 0 ? "" : status)} {(hasSdp ? "with" : "without")} SDP {(toTag is null ? "" : "in dialog")}";
            yield return new ModuleCase(name) { Do = "manage", Method = method, Status = status, ToTag = toTag, Body = hasSdp ? Descriptions.Plain : null };
        }

        yield return new ModuleCase("manage a malformed description") { Do = "manage", Body = Descriptions.With("t=0 0") };
        yield return new ModuleCase("manage with an address") { Do = "manage", Address = "9.9.9.9" };
        yield return new ModuleCase("manage BYE with flags of offers") { Do = "manage", Method = "BYE", ToTag = "tt", Body = null, Flags = "rwfocxie1" };
    }

    private static IEnumerable<ModuleCase> Commands()
    {
        foreach (string flags in (string[])["", "t", "1", "2", "3", "b", "t1", "rwieflcoxa", "q"])
        {
            yield return new ModuleCase($"destroy with flags '{flags}'") { Do = "destroy", Method = "BYE", ToTag = "tt", Body = null, Flags = flags, ExtraId = "x7", HasSecondVia = true };
        }

        yield return new ModuleCase("destroy without To tag") { Do = "destroy", Method = "CANCEL", Body = null, Flags = "" };
        yield return new ModuleCase("destroy in a reply") { Do = "destroy", Status = 486, ToTag = "tt", Body = null, Flags = "3" };
        yield return new ModuleCase("destroy that the node refuses") { Do = "destroy", Method = "BYE", ToTag = "tt", Body = null, Flags = "", Replies = ["E50"] };
        yield return new ModuleCase("destroy without a node") { Do = "destroy", Method = "BYE", ToTag = "tt", Body = null, Flags = "", Set = 2 };
        yield return new ModuleCase("destroy without From tag") { Do = "destroy", Method = "BYE", FromTag = null, ToTag = "tt", Body = null, Flags = "" };
        foreach (string what in (string[])["play-uac", "play-uas", "stop-uac", "stop-uas", "record"])
        {
            yield return new ModuleCase($"{what} in a request") { Do = what, ToTag = "tt" };
            yield return new ModuleCase($"{what} in a reply") { Do = what, Status = 200, ToTag = "tt" };
            yield return new ModuleCase($"{what} that the node refuses") { Do = what, ToTag = "tt", Replies = ["E60"] };
            yield return new ModuleCase($"{what} with a node without features") { Do = what, ToTag = "tt", Set = 1 };
            yield return new ModuleCase($"{what} without a node") { Do = what, ToTag = "tt", Set = 2 };
        }

        yield return new ModuleCase("play-uas without To tag") { Do = "play-uas" };
        yield return new ModuleCase("stop-uas without To tag") { Do = "stop-uas" };
        yield return new ModuleCase("record without To tag") { Do = "record" };
        yield return new ModuleCase("record in a reply without To tag") { Do = "record", Status = 200 };
    }
}
