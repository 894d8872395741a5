namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// A session description as no sane sender writes it: odd blanks and line ends, every kind of address and transport,
/// lines in any order and any number.
/// </summary>
public sealed class WildDescription
{
    private static readonly string[] IPv4 =
    [
        "10.1.1.1", "10.1.1.1", "10.2.2.2", "127.0.0.5", "0.0.0.0", "224.2.1.1/127", "224.2.1.1/127/3", "0.0.0.0/127",
        "010.001.001.001", "300.1.1.1", "1.2.3", "-", "10.1.1.1;x",
    ];

    private static readonly string[] IPv6 =
    [
        "2001:db8::1", "2001:DB8:0:0::1", "2001:db8:5::5", "::", "::0", "0:0:0:0:0:0:0:0", "::ffff:10.1.1.1", "[2001:db8::1]",
        "ff15::101/3", "::1", "0::0/3",
    ];

    private static readonly string[] Families = ["IP4", "IP4", "IP4", "IP4", "IP4", "IP6", "IP6", "ip4", "IP5", "IP"];
    private static readonly string[] Networks = ["IN", "IN", "IN", "IN", "in", "TN", ""];
    private static readonly string[] Known = ["RTP/AVP", "RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF", "rtp/Avp", "UDP", "udptl", "UDPTL", "UDP/BFCP"];

    // Media that needs no relay (port 0, TCP) is a known difference, and so are several ports, host names and zones.
    private static readonly string[] Unknown =
    [
        "UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "UDP/DTLS/SCTP", "DTLS/SCTP", "UDP/TLS/UDPTL", "RTP/AVPX", "x",
    ];

    private static readonly string[] Ports = ["5004", "5004", "5006", "1", "65535", "9", "99999", "x", "-1", "5004a"];
    private static readonly string[] Formats = ["0", "0 8 101", "8\t101", " 96  97 ", "0,8", "", "0 a8b", "127 ", "t38", "111 0", "101 "];

    private static readonly string[] SessionLines =
    [
        "t=0 0", "b=AS:64", "b=CT:1000", "r=7d 1h 0 25h", "z=2882844526 -1h", "k=prompt", "e=j.doe@example.com (Jane)", "p=+1 617",
        "u=http://example.com/c=IN", "i=m=audio 1 RTP/AVP 0", "a=group:BUNDLE 1 2", "a=msid-semantic: WMS", "a=ice-lite",
        "a=rtcp:5005", "a=sendonly", "a=setup:actpass", "a=x", "", " ", "=", "x", "c", "c=", "y=1",
    ];

    private static readonly string[] MediaLines =
    [
        "a=sendrecv", "a=inactive", "a=rtcp:5005", "a=rtcp:5005 IN IP4 10.1.1.1", "a=rtcp:5005 IN IP6 2001:db8::1", "a=rtcp:", "a=rtcp",
        "a=rtcp: 7", "a=rtcp:\t7 ", "a=rtcp:abc", "a=rtcp :5005", "a= rtcp:5005", "a=rtcp:0", "a=rtcp:65535", "a=Rtcp:5005", "a=rtcp-mux",
        "a=rtcp-fb:* nack pli", "a=rtcp-xr:rcvr-rtt", "a=rtcp-rsize", "a=rtpmap:0 PCMU/8000", "a=fmtp:101 0-15", "a=ptime:20", "a=maxptime:40",
        "a=ice-ufrag:x", "a=ice-pwd:yyyyyyyyyyyyyyyyyyyyyy", "a=candidate:1 1 UDP 1 10.1.1.1 5004 typ host", "a=candidate", "a=candidate:",
        "a=end-of-candidates", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c=IN", "a=fingerprint:sha-256 AA:BB", "a=setup:passive", "a=mid:1",
        "a=path:msrp://10.1.1.1:2855/x;tcp", "a=T38FaxUdpEC:t38UDPRedundancy", "a=floorctrl:c-only", "a=sctp-port:5000", "a=ssrc:1 cname:x",
        "a=extmap:1 urn:x", "a=label:1", "a=x:\u00e9\u00ff\u0001", "a=x:a=nortpproxy:yes", "a=x:m=audio 1 RTP/AVP 0", "b=AS:64", "i=info",
        "k=clear:x", " c=IN IP4 10.9.9.9", "\tm=audio 1 RTP/AVP 0", "a=c=IN IP4 1.2.3.4", "A=rtcp:1", "M=audio 1 RTP/AVP 0", "x", "=", "", " ",
        "a=", "a=:", "a", "t=0 0", "s=again", "v", "v =0", "o=x 2 2 IN IP4 10.4.4.4", "a=sendrecv ", "a=recvonly\t",
    ];

    private readonly Random _random;
    private readonly string _lineEnd;

    public WildDescription(Random random)
    {
        _random = random;
        _lineEnd = Pick(["\r\n", "\r\n", "\r\n", "\n"]);
        Text = Draw();
    }

    public string Text { get; }

    private string Draw()
    {
        var lines = new List<string>();
        AddUnless(60, lines, Pick(["v=0", "v=0", "v=0", "v=0 ", "v=", "v=1"]));
        AddUnless(60, lines, Origin());
        AddUnless(5, lines, Pick(["s=-", "s= ", "s=c=IN IP4 10.6.6.6", "s=\u00fc"]));
        int connections = _random.Next(8) switch { 0 => 0, 1 => 2, _ => 1 };
        Sprinkle(lines, SessionLines);
        for (int i = 0; i < connections; i++)
        {
            lines.Add(Connection());
            Sprinkle(lines, SessionLines);
        }

        for (int media = _random.Next(12) switch { 0 => 0, 1 => 3, 2 => 5, 3 or 4 or 5 => 2, _ => 1 }; media > 0; media--)
        {
            lines.Add(Media());
            Sprinkle(lines, MediaLines);
            for (int i = connections == 0 && !Chance(10) ? 1 : Chance(3) ? 1 : Chance(15) ? 2 : 0; i > 0; i--)
            {
                lines.Add(Connection());
                Sprinkle(lines, MediaLines);
            }
        }

        if (Chance(20))
        {
            lines.Insert(_random.Next(lines.Count + 1), Pick(["a=nortpproxy:yes", "a=nortpproxy:yes ", "a=nortpproxy:no", "a=nortpproxy:yesno"]));
        }

        // The module stumbles over a=rtcp without a value as the very last line.
        AddUnless(2, lines, "a=end");
        if (lines.FindLast(line => line.Trim().Length > 0) is "a=rtcp")
        {
            lines.Add("a=end");
        }

        bool mixed = Chance(20);
        string text = string.Concat(lines.Select(line => line + (mixed ? Pick(["\r\n", "\n"]) : _lineEnd)));
        string start = Chance(30) ? Pick(["\r\n", "\n", " ", "x\r\n"]) : "";
        return start + text.TrimEnd('\r', '\n') + Pick([_lineEnd, _lineEnd, _lineEnd, "", "\r\n\r\n", "\n\n", "\r\n ", " "]);
    }

    private string Origin() => _random.Next(12) switch
    {
        0 => $"o=-{Blank()}0{Blank()}0{Blank()}{Address()}{Pick(["", " ", "  x"])}",
        1 => $"o=IP4 {Address()}",
        2 => $"o=name {Address()}", // One of fewer than 11 characters is a known difference.
        3 => "o=- 1 1 IN",
        _ => $"o={Pick(["u", "-", "IP6", "a b"])} 1 1 IN {Pick(["IP4 10.1.1.1", "IP4 10.1.1.1", "IP6 2001:db8::1", "IP4 host", "IP4 127.0.0.5"])}",
    };

    private string Connection() => $"c={(Chance(20) ? Blank() : "")}{Address()}{Pick(["", "", "", "", " ", "\t", " x"])}";

    private string Address()
    {
        string family = Pick(Families);
        string address = Pick(family == "IP6" ? IPv6 : IPv4);
        return Chance(25) ? $"{Pick(Networks)}{Blank()}{family}" : $"{Pick(Networks)}{Blank()}{family}{Pick([" ", " ", " ", "  ", "\t"])}{address}";
    }

    private string Media()
    {
        if (Chance(40))
        {
            return Pick(["m=audio", "m=audio 5004", "m=", "m", "m=audio 5004 ", "m= "]);
        }

        string transport = Chance(3) ? Pick(Unknown) : Pick(Known);
        string type = Pick(["audio", "audio", "video", "image", "application", "message", "x-y"]);
        return $"m={(Chance(25) ? " " : "")}{type}{Blank()}{Pick(Ports)}{Blank()}{transport}{Blank()}{Pick(Formats)}{(Chance(8) ? Pick(["*", " *", "webrtc-datachannel"]) : "")}";
    }

    private string Blank() => Chance(12) ? Pick(["  ", "\t", " \t", ""]) : " ";

    private void Sprinkle(List<string> lines, string[] among)
    {
        for (int i = _random.Next(4); i > 0; i--)
        {
            lines.Add(Pick(among));
        }
    }

    private void AddUnless(int oneIn, List<string> lines, string line)
    {
        if (!Chance(oneIn))
        {
            lines.Add(line);
        }
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(T[] among) => among[_random.Next(among.Length)];
}
