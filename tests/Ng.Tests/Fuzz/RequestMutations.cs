using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Framing;
using RtpProxy.Protocols.Ng.Tests.Encodings;

namespace RtpProxy.Protocols.Ng.Tests.Fuzz;

/// <summary>
/// Requests that are nearly right: those of a conversation in another order, left out or said again, with a key missing,
/// doubled, of another kind or with another's value, and descriptions with lines and numbers changed. Bytes changed blindly
/// seldom get past the reader of the encoding; these do.
/// </summary>
public static class RequestMutations
{
    private static readonly string[] Commands =
    [
        "ping", "offer", "answer", "delete", "query", "list", "statistics", "start recording", "stop recording", "pause recording",
        "block media", "unblock media", "silence media", "unsilence media", "block DTMF", "unblock DTMF", "play media", "stop media",
        "play DTMF", "start forwarding", "stop forwarding", "subscribe request", "subscribe answer", "unsubscribe", "publish",
    ];

    private static readonly string[] Keys =
    [
        "call-id", "from-tag", "to-tag", "via-branch", "flags", "supports", "from-tags", "delete-delay", "limit", "to-label", "address", "file",
        "repeat-times", "db-id", "code", "duration", "volume", "pause", "DTMF-security", "trigger", "received-from", "media-address",
        "address-family", "direction", "from-interface", "to-interface", "interface", "TOS", "label", "metadata", "record-call", "ptime",
        "ptime-reverse", "drop-traffic", "transport-protocol", "recording-file", "replace", "codec", "ICE", "DTLS", "rtcp-mux", "SDES", "OSRTP",
        "rtpp-flags", "sdp-attr", "sdp-media-remove", "bundle", "sdp",
    ];

    private static readonly string[] Words =
    [
        "", "a", "b", "c", "call", "all", "siprec", "fragment", "force", "remove", "offer", "require", "demux", "accept", "reject", "origin",
        "SDP-version", "zero-address", "single-codec", "loop-protect", "asymmetric", "strict-source", "generate-mid", "strip-extmap", "directional",
        "fatal", "fast", "to-tag", "pause", "internal", "external", "IP4", "IP6", "192.0.2.7", "::1", "2001:db8::7", "0.0.0.0", "RTP/AVP",
        "RTP/SAVPF", "UDP/TLS/RTP/SAVPF", "codec-strip-all", "codec-except-PCMU", "codec-mask-PCMA", "via-branch=auto", "drop-traffic-start",
        "original-sendrecv", "full-rtcp-attribute", "no-rtcp-attribute", "codec=[strip=[PCMU] offer=[PCMA]] direction=[internal external]",
        "force-increment-sdp-ver", "sdp-attr=[audio=[add=[x:1] remove=[rtpmap]] none=[substitute=[[sendrecv y]]]]", "sdp-attr-remove-audio-rtcp",
        "sdp-attr-substitute-video-sendrecv>inactive", "sdp-media-remove=[video]", "sdp-media-remove-audio", "video",
        "yes", "no", "on", "off", "-1", "99999999999999999999", "auto", "\0", "\r\n", "\u00ff", "../../x", "%s%n", "{", "d", "load limit",
    ];

    private static readonly string[] Numbers = ["0", "1", "9", "20", "101", "127", "128", "255", "4000", "65535", "65536", "-1", "4294967296", "99999999999999999999", ""];

    /// <param name="stream">Messages back to back.</param>
    /// <param name="random">The same seed makes the same messages.</param>
    public static byte[] Mutate(ReadOnlySpan<byte> stream, Random random)
    {
        List<NgDictionary> requests = Read(stream);
        for (int i = random.Next(1, 6); i > 0 && requests.Count > 0; i--)
        {
            int at = random.Next(requests.Count);
            switch (random.Next(8))
            {
                case 0:
                    requests.RemoveAt(at);
                    break;
                case 1:
                    requests.Insert(random.Next(requests.Count + 1), requests[at]);
                    break;
                default:
                    requests[at] = Change(requests[at], requests[random.Next(requests.Count)], random);
                    break;
            }
        }

        return [.. requests.SelectMany((request, i) => (byte[])[.. Values.Bytes($"{i} "), .. Values.Write(request, NgEncoding.Bencode)])];
    }

    private static List<NgDictionary> Read(ReadOnlySpan<byte> stream)
    {
        var framer = new NgStreamFramer();
        framer.Append(stream);
        List<NgDictionary> requests = [];
        while (framer.TryRead(out ReadOnlySpan<byte> bytes) == NgFrame.Message)
        {
            if (NgMessage.TrySplit(bytes, out NgMessage message) && message.ReadDictionary(out _) is { } request)
            {
                requests.Add(request);
            }
        }

        return requests;
    }

    private static NgDictionary Change(NgDictionary request, NgDictionary other, Random random)
    {
        List<NgEntry> entries = [.. request.Entries];
        if (entries.Count == 0 || other.Entries.IsEmpty)
        {
            return other;
        }

        int at = random.Next(entries.Count);
        switch (random.Next(9))
        {
            case 0:
                entries.RemoveAt(at);
                break;
            case 1:
                entries[at] = new NgEntry(entries[at].Key, Any(random, depth: 2));
                break;
            case 2:
                entries[at] = new NgEntry(entries[at].Key, other.Entries[random.Next(other.Entries.Length)].Value);
                break;
            case 3:
                entries.Insert(0, new NgEntry("command", new NgValue(Pick(Commands, random))));
                break;
            case 4 or 5:
                entries.Insert(random.Next(entries.Count + 1), new NgEntry(Pick(Keys, random), Any(random, depth: 2)));
                break;
            case 6:
                entries.Insert(0, new NgEntry("flags", Values.List([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(Words, random))])));
                break;
            default:
                int sdp = entries.FindIndex(entry => entry.Key == "sdp");
                if (sdp >= 0 && entries[sdp].Value.Text is { } text)
                {
                    entries[sdp] = new NgEntry("sdp", new NgValue(ChangeDescription(text, random)));
                }

                break;
        }

        return new NgDictionary([.. entries]);
    }

    private static NgValue Any(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => new NgValue(random.Next(3) switch { 0 => random.NextInt64(), 1 => long.MinValue, _ => random.Next(-2, 300) }),
        1 => new NgValue(new string('x', random.Next(3) switch { 0 => 255, 1 => 256, _ => 5_000 })),
        < 5 => new NgValue(Pick(Words, random)),
        5 => Values.List([.. Enumerable.Range(0, random.Next(5)).Select(_ => Any(random, depth - 1))]),
        _ => new NgValue(new NgDictionary(
            [.. Enumerable.Range(0, random.Next(5)).Select(_ => new NgEntry(Pick(random.Next(2) == 0 ? Keys : Words, random), Any(random, depth - 1)))])),
    };

    private static string ChangeDescription(string text, Random random)
    {
        List<string> lines = [.. text.Split("\r\n")];
        for (int i = random.Next(1, 4); i > 0 && lines.Count > 0; i--)
        {
            int at = random.Next(lines.Count);
            switch (random.Next(6))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(random.Next(lines.Count + 1), lines[at]);
                    break;
                case 2:
                    lines.Insert(random.Next(lines.Count + 1), SdpLine(random));
                    break;
                default:
                    string[] words = lines[at].Split(' ');
                    words[random.Next(words.Length)] = Pick(random.Next(2) == 0 ? Numbers : Words, random);
                    lines[at] = string.Join(' ', words);
                    break;
            }
        }

        return string.Join("\r\n", lines);
    }

    private static string SdpLine(Random random) => Pick(
        [
            "m=video 6000 RTP/AVP 96", "m=image 6002 udptl t38", "m=audio 0 RTP/AVP 0", "m=audio 6004 RTP/SAVP 0", "m=application 9 TCP/MSRP *",
            "m=audio 6006/2 RTP/AVP 0", "c=IN IP4 0.0.0.0", "c=IN IP6 2001:db8::9", "c=IN IP4 224.0.0.1/127/3", "c=IN IP4 host.invalid", "a=sendonly",
            "a=inactive", "a=recvonly", "a=rtcp-mux", "a=rtcp:9 IN IP4 192.0.2.9", "a=rtcp:70000", "a=ptime:0", "a=ptime:30", "a=rtpmap:96 opus/48000/2",
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", "a=setup:actpass", "a=candidate:1 1 UDP 1 192.0.2.9 9 typ host", "a=group:BUNDLE a b", "a=mid:a",
            "v=0", "s=", "=", "a=label:1",
        ],
        random);

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
