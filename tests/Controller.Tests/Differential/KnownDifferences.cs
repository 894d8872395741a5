namespace RtpProxy.Controller.Tests.Differential;

public static class KnownDifferences
{
    private const string Session = "c=IN IP4 10.1.1.1";
    private const string Audio = "m=audio 5004 RTP/AVP 0";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new("Hold and o=",
            new("o= of a held medium") { Body = Descriptions.With("c=IN IP4 0.0.0.0", "t=0 0", Audio) },
            Module: "1|Uc0 # 0.0.0.0 5004 ft;1",
            Ours: "1|Uc0 # 0.0.0.0 5004 ft;1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 127.0.0.5",
                OnlyModuleLines = "o=u 1 1 IN IP4 0.0.0.0",
            },
        new("Hold and o=",
            new("o= of a held medium, IPv6 relay")
            {
                Body = Descriptions.With("c=IN IP4 0.0.0.0", "t=0 0", Audio),
                Replies = ["36100 2001:db8:5::5 6"],
            },
            Module: "1|Uc0 # 0.0.0.0 5004 ft;1",
            Ours: "1|Uc0 # 0.0.0.0 5004 ft;1")
            {
                OnlyOurLines = "o=u 1 1 IN IP6 2001:db8:5::5",
                OnlyModuleLines = "o=u 1 1 IN IP6 ::",
            },
        new("Hold and o=",
            new("o= of a held medium, IPv6 to IPv4")
            {
                Body = Descriptions.Lines("v=0", "o=u 1 1 IN IP6 2001:db8::1", "s=-", "c=IN IP6 ::", "t=0 0", Audio),
            },
            Module: "1|U6c0 # :: 5004 ft;1",
            Ours: "1|U6c0 # :: 5004 ft;1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 127.0.0.5",
                OnlyModuleLines = "o=u 1 1 IN IP4 0.0.0.0",
            },
        new("All or nothing",
            new("second medium refused by the relay")
            {
                Body = Descriptions.AudioVideo,
                Replies = ["35000 127.0.0.5", "E37"],
            },
            Module: "-1|Uc0,8,101 # 10.1.1.1 5004 ft;1|Uc96 # 10.2.2.2 5006 ft;2",
            Ours: "-1|Uc0,8,101 # 10.1.1.1 5004 ft;1|Uc96 # 10.2.2.2 5006 ft;2|D # ft")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101|a=rtcp:5005 IN IP4 10.1.1.1",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=rtcp:35001",
            },
        new("All or nothing",
            new("second medium of a re-INVITE refused by the relay")
            {
                Body = Descriptions.AudioVideo,
                Replies = ["35000 127.0.0.5", "E37"],
                ToTag = "tt",
            },
            Module: "-1|Uc0,8,101 # 10.1.1.1 5004 ft;1 tt;1|Uc96 # 10.2.2.2 5006 ft;2 tt;2",
            Ours: "-1|Uc0,8,101 # 10.1.1.1 5004 ft;1 tt;1|Uc96 # 10.2.2.2 5006 ft;2 tt;2")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101|a=rtcp:5005 IN IP4 10.1.1.1",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=rtcp:35001",
            },
        new("All or nothing",
            new("second medium of an answer refused by the relay")
            {
                Do = "answer",
                Status = 200,
                Body = Descriptions.AudioVideo,
                Replies = ["35000 127.0.0.5", "E37"],
                ToTag = "tt",
            },
            Module: "-1|Lc0,8,101 # 10.1.1.1 5004 ft;1 tt;1|Lc96 # 10.2.2.2 5006 ft;2 tt;2",
            Ours: "-1|Lc0,8,101 # 10.1.1.1 5004 ft;1 tt;1|Lc96 # 10.2.2.2 5006 ft;2 tt;2")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101|a=rtcp:5005 IN IP4 10.1.1.1",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=rtcp:35001",
            },
        new("Modifiers of each medium",
            new("two IPv6 media") { Flags = "rx", Body = Descriptions.IPv6 + "m=video 5006 RTP/AVP 96\r\n" },
            Module: "1|UEI6c0,8,101 # 2001:db8::1 5004 ft;1|UEI66c96 # 2001:db8::1 5006 ft;2",
            Ours: "1|UEI6c0,8,101 # 2001:db8::1 5004 ft;1|UEI6c96 # 2001:db8::1 5006 ft;2"),
        new("Modifiers of each medium",
            new("IPv6 medium, then IPv4")
            {
                Body = Descriptions.IPv6 + "m=video 5006 RTP/AVP 96\r\nc=IN IP4 10.2.2.2\r\n",
            },
            Module: "1|U6c0,8,101 # 2001:db8::1 5004 ft;1|U6c96 # 10.2.2.2 5006 ft;2",
            Ours: "1|U6c0,8,101 # 2001:db8::1 5004 ft;1|Uc96 # 10.2.2.2 5006 ft;2"),
        new("Media without a relay",
            new("port 0")
            {
                Body = Descriptions.With(Session, "t=0 0", Audio, "m=video 0 RTP/AVP 96", "c=IN IP6 ::1", "a=rtcp:7001"),
            },
            Module: "1|Uc0 # 10.1.1.1 5004 ft;1|U6c96 # ::1 0 ft;2",
            Ours: "1|Uc0 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "c=IN IP6 ::1|a=rtcp:7001",
                OnlyModuleLines = "c=IN IP4 127.0.0.5|a=rtcp:35001",
            },
        new("Media without a relay",
            new("nothing but port 0") { Body = Descriptions.With(Session, "t=0 0", "m=audio 0 RTP/AVP 8") },
            Module: "1|Uc8 # 10.1.1.1 0 ft;1",
            Ours: "1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|a=nortpproxy:yes",
            },
        new("Media without a relay",
            new("video refused")
            {
                Do = "answer",
                Status = 200,
                ToTag = "tt",
                Body = Descriptions.AudioVideo.Replace("5006", "0", StringComparison.Ordinal),
            },
            Module: "1|Lc0,8,101 # 10.1.1.1 5004 ft;1 tt;1|Lc96 # 10.2.2.2 0 ft;2 tt;2",
            Ours: "1|Lc0,8,101 # 10.1.1.1 5004 ft;1 tt;1")
            {
                OnlyOurLines = "c=IN IP4 10.2.2.2",
                OnlyModuleLines = "c=IN IP4 127.0.0.5",
            },
        new("Media without a relay",
            new("session c= that no medium needs")
            {
                Body = Descriptions.With("c=IN IP5 x", "t=0 0", "m=audio 0 RTP/AVP 0", "m=video 5006 RTP/AVP 96", "c=IN IP4 10.2.2.2"),
            },
            Module: "-1",
            Ours: "1|Uc96 # 10.2.2.2 5006 ft;2")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 127.0.0.5|m=video 35000 RTP/AVP 96|c=IN IP4 127.0.0.5|a=nortpproxy:yes",
                OnlyModuleLines = "o=u 1 1 IN IP4 10.1.1.1|m=video 5006 RTP/AVP 96|c=IN IP4 10.2.2.2",
            },
        new("Several ports",
            new("two port pairs") { Body = Descriptions.With(Session, "t=0 0", "m=video 7002/2 RTP/AVP 96") },
            Module: "1|Uc96 # 10.1.1.1 7002/2 ft;1",
            Ours: "1|Uc96 # 10.1.1.1 7002 ft;1"),
        new("Host names and zones",
            new("host name in c=") { Body = Descriptions.With("c=IN IP4 phone.example.com", "t=0 0", Audio) },
            Module: "1|Uc0 # phone.example.com 5004 ft;1",
            Ours: "1|Uc0 # 127.0.0.1 5004 ft;1"),
        new("Host names and zones",
            new("zone of an address") { Body = Descriptions.With("c=IN IP6 fe80::1%eth0", "t=0 0", Audio) },
            Module: "1|U6c0 # fe80::1%eth0 5004 ft;1",
            Ours: "1|U6c0 # fe80::1 5004 ft;1"),
        new("Media without a relay",
            new("messages behind audio")
            {
                Body = Descriptions.With(Session, "t=0 0", Audio, "m=message 2855 TCP/MSRP *"),
            },
            Module: "1|Uc0 # 10.1.1.1 5004 ft;1|Uc # 10.1.1.1 2855 ft;2",
            Ours: "1|Uc0 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "m=message 2855 TCP/MSRP *|c=IN IP4 10.1.1.1",
                OnlyModuleLines = "m=message 35000 TCP/MSRP *",
            },
        new("Codec lists",
            new("encrypted media behind fax")
            {
                Body = Descriptions.With(Session, "t=0 0", "m=image 5004 udptl t38", "m=audio 5006 UDP/TLS/RTP/SAVPF 111 0"),
            },
            Module: "1|U # 10.1.1.1 5004 ft;1|U # 10.1.1.1 5006 ft;2",
            Ours: "1|U # 10.1.1.1 5004 ft;1|Uc111,0 # 10.1.1.1 5006 ft;2"),
        new("Flag z",
            new("z without a number") { Flags = "rz" },
            Module: "1|UZc0,8,101 # 10.1.1.1 5004 ft;1",
            Ours: "-1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=nortpproxy:yes",
            },
        new("Flag z",
            new("z with a number in destroy")
            {
                Do = "destroy",
                Method = "BYE",
                ToTag = "tt",
                Body = null,
                Flags = "z20",
            },
            Module: "-1",
            Ours: "1|D # ft tt"),
        new("Flag z",
            new("z with a number in manage, BYE")
            {
                Do = "manage",
                Method = "BYE",
                ToTag = "tt",
                Body = null,
                Flags = "rz20",
            },
            Module: "-1",
            Ours: "1|D # ft tt"),
        new("Directions",
            new("three directions") { Flags = "riei" },
            Module: "1|UIEIc0,8,101 # 10.1.1.1 5004 ft;1",
            Ours: "-1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=nortpproxy:yes",
            },
        new("Directions",
            new("x and directions") { Flags = "rxie" },
            Module: "1|UIEIEc0,8,101 # 10.1.1.1 5004 ft;1",
            Ours: "-1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=nortpproxy:yes",
            },
        new("Flag b",
            new("extra identifier that is not set") { Flags = "rb" },
            Module: "1|Uc0,8,101 #;<null> 10.1.1.1 5004 ft;1",
            Ours: "1|Uc0,8,101 # 10.1.1.1 5004 ft;1"),
        new("Flag b",
            new("destroy with an extra identifier that is not set")
            {
                Do = "destroy",
                Method = "BYE",
                ToTag = "tt",
                Body = null,
                Flags = "b",
            },
            Module: "1|D #;<null> ft tt",
            Ours: "1|D # ft tt"),
        new("Statistics",
            new("statistics in a request") { Do = "stat", ToTag = "tt" },
            Module: "1|Q # ft;1 tt",
            Ours: "1|Q # ft;1 tt;1"),
        new("Statistics",
            new("statistics in a reply") { Do = "stat", Status = 200, ToTag = "tt" },
            Module: "1|Q # tt;1 ft",
            Ours: "1|Q # tt;1 ft;1"),
        new("Statistics",
            new("statistics without To tag") { Do = "stat" },
            Module: "1|Q # ft",
            Ours: "1|Q # ft;1"),
        new("Prompts",
            new("prompt without To tag") { Do = "play-uac" },
            Module: "1|P-1 # /prompts/moh session ft;1 ",
            Ours: "1|P-1 # /prompts/moh session ft;1"),
        new("Prompts",
            new("stop without To tag") { Do = "stop-uac" },
            Module: "1|S # ft;1 ",
            Ours: "1|S # ft;1"),
        new("Refused re-INVITEs",
            new("cancelled re-INVITE") { Do = "manage", Method = "CANCEL", ToTag = "tt", Body = null },
            Module: "1|D # ft tt",
            Ours: "1"),
        new("Refused re-INVITEs",
            new("refused UPDATE") { Do = "manage", Method = "UPDATE", Status = 491, ToTag = "tt", Body = null },
            Module: "1|D # ft tt",
            Ours: "1"),
        new("Refused re-INVITEs",
            new("refused PRACK") { Do = "manage", Method = "PRACK", Status = 481, ToTag = "tt", Body = null },
            Module: "1|D # ft tt",
            Ours: "1"),
        new("ICE",
            new("connectivity checks concluded")
            {
                Ice = 1,
                Body = Descriptions.With(
                    Session, "t=0 0", Audio,
                    "a=candidate:1 1 UDP 2130706431 10.1.1.1 5004 typ host", "a=remote-candidates:1 10.2.2.2 6000"),
            },
            Module: "1|Uc0 # 10.1.1.1 5004 ft;1",
            Ours: "1|Uc0 # 10.1.1.1 5004 ft;1")
            {
                OnlyModuleLines = "a=candidate:127005 2 UDP 2197815294 127.0.0.5 35001 typ relay|"
                    + "a=candidate:127005 1 UDP 2197815295 127.0.0.5 35000 typ relay",
            },
        new("Several descriptions in one body",
            new("two descriptions in one body")
            {
                Body = Descriptions.With(Session, "t=0 0", Audio)
                    + Descriptions.Lines("v=0", "o=w 2 2 IN IP4 10.5.5.5", "s=-", "c=IN IP4 10.5.5.5", "t=0 0", "m=audio 6004 RTP/AVP 8"),
            },
            Module: "1|Uc0 # 10.5.5.5 5004 ft;1|Uc8 # 10.1.1.1 6004 ft;2",
            Ours: "1|Uc0 # 10.1.1.1 5004 ft;1|Uc8 # 10.5.5.5 6004 ft;2")
            {
                OnlyOurLines = "o=w 2 2 IN IP4 127.0.0.5",
                OnlyModuleLines = "o=w 2 2 IN IP4 10.5.5.5",
            },
        new("Line ends",
            new("carriage returns only") { Body = Descriptions.Plain.Replace("\r\n", "\r", StringComparison.Ordinal) },
            Module: "1|Uc0,8,101,101,8000 # 10.1.1.1 5004 ft;1",
            Ours: "1|Uc0,8,101 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "v=0\ro=u 1 1 IN IP4 127.0.0.5\rs=-\rc=IN IP4 127.0.0.5\rt=0 0\rm=audio 35000 RTP/AVP 0 8 101\r"
                    + "a=rtpmap:101 telephone-event/8000\ra=sendrecv",
                OnlyModuleLines = "v=0\ro=u 1 1 IN IP4 10.1.1.1\rs=-\rc=IN IP4 127.0.0.5127.0.0.5\rt=0 0\rm=audio 35000 RTP/AVP 0 8 101\r"
                    + "a=rtpmap:101 telephone-event/8000\ra=sendrecv",
            },
        new("Multipart bodies",
            new("text behind the last part") { BodyHeaders = Mixed("b1"), Body = Parts("b1") + "epilogue\r\n" },
            Module: "-1",
            Ours: "1|Uc0,8,101 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=nortpproxy:yes",
                OnlyModuleLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
            },
        new("Multipart bodies",
            new("boundary that is not the last parameter") { BodyHeaders = Mixed("b1\"; x=\"y"), Body = Parts("b1") },
            Module: "-1",
            Ours: "1|Uc0,8,101 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=nortpproxy:yes",
                OnlyModuleLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
            },
        new("Multipart bodies",
            new("no closing boundary") { BodyHeaders = Mixed("b1"), Body = Parts("b1").Replace("--b1--\r\n", "", StringComparison.Ordinal) },
            Module: "1|Uc0,8,101 # 10.1.1.1 5004 ft;1",
            Ours: "-1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=nortpproxy:yes",
            },
        .. LenientBodies(),
        new("Address types",
            new("address type with more behind it") { Body = Descriptions.With("c=IN IP44 10.1.1.1", "t=0 0", Audio) },
            Module: "1|Uc0 # 10.1.1.1 5004 ft;1",
            Ours: "-1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP44 10.1.1.1|m=audio 5004 RTP/AVP 0",
                OnlyModuleLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP44 127.0.0.5|m=audio 35000 RTP/AVP 0|a=nortpproxy:yes",
            },
        new("Address types",
            new("very short o=") { Body = Descriptions.Lines("v=0", "o=- IP4 a", "s=-", Session, "t=0 0", Audio) },
            Module: "-1",
            Ours: "1|Uc0 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "o=- IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0|a=nortpproxy:yes",
                OnlyModuleLines = "o=- IP4 a|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0",
            },
        new("Bytes behind the body",
            new("Content-Length that ends within the codec list")
            {
                Body = Descriptions.With(Session, "t=0 0", "m=audio 5004 RTP/AVP 0 8 101"),
                ExtraLength = -6,
            },
            Module: "1|Uc0,8,101 # 10.1.1.1 5004 ft;1",
            Ours: "1|Uc0,8 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "a=nortpproxy:yes",
                OnlyModuleLines = "a=nortpproxy:yes 101|",
            },
    ];

    // Bodies of which the module reads nothing, or from which it reads something else.
    private static IEnumerable<KnownDifference> LenientBodies()
    {
        (string Name, string Type, string Body)[] unread =
        [
            ("parameter before the boundary", "multipart/mixed;type=\"x\";boundary=b1", Parts("b1")),
            ("blanks in multipart / mixed", "multipart / mixed;boundary=b1", Parts("b1")),
            ("folded boundary parameter", "multipart/mixed;\r\n boundary=b1", Parts("b1")),
            ("comma in the boundary", "multipart/mixed;boundary=\"b,1\"", Parts("b,1")),
        ];
        foreach ((string name, string type, string body) in unread)
        {
            yield return new KnownDifference(
                "Multipart bodies",
                new(name) { BodyHeaders = $"Content-Type: {type}\r\n", Body = body },
                Module: "-1",
                Ours: "1|Uc0,8,101 # 10.1.1.1 5004 ft;1")
            {
                OnlyOurLines = "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101|a=nortpproxy:yes",
                OnlyModuleLines = "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
            };
        }
    }

    private static string Mixed(string boundary) => $"Content-Type: multipart/mixed;boundary=\"{boundary}\"\r\n";

    private static string Parts(string boundary) =>
        $"--{boundary}\r\nContent-Type: application/sdp\r\n\r\n{Descriptions.Plain}--{boundary}--\r\n";
}
