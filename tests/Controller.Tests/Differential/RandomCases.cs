namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// Messages that nobody thought of: drawn from everything the module reads, good and bad, but outside of the known
/// differences.
/// </summary>
public sealed class RandomCases(int seed)
{
    private static readonly string[] LineEnds = ["\r\n", "\r\n", "\r\n", "\n"];
    private static readonly string[] Ends = ["", "\r\n", "\n", "\r\n\r\n", "\r\n \r\n"];
    private static readonly string[] Transports =
    [
        "RTP/AVP", "RTP/AVP", "RTP/AVPF", "RTP/SAVP", "rtp/savpf", "UDP", "udptl", "UDP/BFCP",
    ];

    // Port 0 and several ports are known differences, and so are host names.
    private static readonly string[] Ports = ["5004", "5006", "1", "65535", "9", "99999", "x"];
    private static readonly string[] Formats = ["0", "0 8 101", "8\t101", " 96  97 ", "0,8", "", "0 a8b", "127 "];
    private static readonly string[] Attributes =
    [
        "a=sendrecv", "a=sendonly", "a=inactive", "a=rtcp:5005", "a=rtcp:5005 IN IP4 10.1.1.1", "a=rtcp:", "a=rtcp",
        "a=rtcp: 7", "a=rtcp-mux", "a=rtpmap:0 PCMU/8000", "a=fmtp:101 0-15", "a=ice-ufrag:x",
        "a=candidate:1 1 UDP 1 10.1.1.1 5004 typ host", "a=candidate", "a=mid:1", "b=AS:64", "i=info", "k=clear:x",
        "a=x:a=nortpproxy:yes", "a=x:m=audio 1 RTP/AVP 0", " c=IN IP4 10.9.9.9", "z=0", "x", "=",
        "a=c=IN IP4 1.2.3.4", "a=setup:actpass", "A=RTCP:1", "a=rtcp-fb:* nack", "a=ptime:20",
    ];

    private static readonly string[] Flags =
    [
        "", "r", "a", "w", "ie", "ei", "i", "f", "c", "o", "l", "t", "1", "2", "3", "x", "R", "C", "F", "rc", "rf",
        "rw", "k",
    ];

    private static readonly string[] Replies =
    [
        "35000 127.0.0.5", "35000 127.0.0.5", "35000 127.0.0.5", "35000", "36100 2001:db8:5::5 6",
        "36100 2001:db8:5::5", "1 10.1.1.1", "65535 127.0.0.5", "5004 10.1.1.1", "E35", "0", "x",
    ];

    private readonly Random _random = new(seed);

    public ModuleCase Next(int number)
    {
        bool isReply = _random.Next(3) == 0;
        string[] actions = ["offer", "offer", "answer", "manage", "manage", "destroy", "record", "play-uas", "stop-uac"];
        string[] methods = isReply
            ? ["INVITE", "INVITE", "UPDATE", "PRACK"]
            : ["INVITE", "INVITE", "ACK", "UPDATE", "PRACK", "BYE"];
        string what = Pick(actions);
        return new ModuleCase($"random {number} of seed {seed}")
        {
            Do = what,
            Method = Pick(methods),
            Status = isReply ? Pick([180, 183, 200, 202]) : 0,
            ToTag = isReply || Chance(2) || what is "record" or "stop-uac" ? "tt" : null,
            FromTag = Chance(30) ? null : "ft",
            Flags = what is "destroy" ? Pick(["", "t", "1", "2", "3", "r", "rwfoci", "T", "k"]) : DrawFlags(),
            Address = Chance(8) ? "9.9.9.9" : null,
            Body = Chance(12) ? null : DrawDescription(),
            Replies = [Pick(Replies)],
            Set = Chance(6) ? 1 : 0,
            Ice = Chance(4) ? _random.Next(3) : null,
            HasSecondVia = Chance(2),
            IsOddlyWritten = Chance(5),
        };
    }

    // Only one of the modifiers whose order the module keeps and we do not, and no directions beside x.
    private string DrawFlags()
    {
        string flags = string.Concat(
            Enumerable.Range(0, _random.Next(3)).SelectMany(_ => Pick(Flags)).DistinctBy(char.ToLowerInvariant));
        bool isDisputed = flags.Count(c => "aAwWiIeExX".Contains(c, StringComparison.Ordinal)) > 2
            || flags.Intersect("aw").Count() + flags.Intersect("iex").Count() > 1
            || flags.Count(c => c is 'i' or 'e') is 1 or > 2;
        return isDisputed ? "r" : flags;
    }

    private string DrawDescription()
    {
        bool isIPv6 = Chance(5);
        string end = Pick(LineEnds);
        var lines = new List<string>();
        AddUnless(40, lines, "v=0");
        AddUnless(40, lines, $"o=u 1 1 IN {Address(isIPv6)}");
        lines.Add("s=-");
        bool hasConnection = !Chance(4);
        if (hasConnection)
        {
            lines.Add($"c=IN {Address(isIPv6)}");
        }

        Sprinkle(lines);

        // A second IPv6 medium is a known difference.
        int media = isIPv6 ? 1 : _random.Next(5);
        for (int i = 0; i < media; i++)
        {
            lines.Add(Chance(30)
                ? "m=audio"
                : $"m={Pick(["audio", "video"])} {Pick(Ports)} {Pick(Transports)} {Pick(Formats)}");
            Sprinkle(lines);
            if (Chance(3))
            {
                // Hold by null address of the first medium is a known difference.
                lines.Add(i > 0 && Chance(3) ? "c=IN IP4 0.0.0.0" : $"c=IN {Address(isIPv6)}");
                Sprinkle(lines);
            }
        }

        // In a broken description the module may still find the mark; either way the message stays as it is.
        bool isBroken = media == 0 || lines.Contains("m=audio") || !hasConnection || lines is not ["v=0", ['o', ..], ..];
        if (!isBroken && Chance(15))
        {
            lines.Add("a=nortpproxy:yes");
        }

        // The module stumbles over a=rtcp without a value as the very last line.
        if (lines[^1] == "a=rtcp")
        {
            lines.Add("a=end");
        }

        return string.Join(end, lines) + (end == "\n" ? "\n" : Pick(Ends));
    }

    private string Address(bool isIPv6) => isIPv6
        ? Pick(["IP6 2001:db8::1", "IP6 ::1", "IP6 2001:db8::1/3"])
        : Pick(["IP4 10.1.1.1", "IP4 10.1.1.1", "IP4 127.0.0.5", "IP4 224.2.1.1/127",
            "IP4  10.1.1.1 ", "IP4\t10.1.1.1"]);

    private void Sprinkle(List<string> lines)
    {
        for (int i = _random.Next(4); i > 0; i--)
        {
            lines.Add(Pick(Attributes));
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
