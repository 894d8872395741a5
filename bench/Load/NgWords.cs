namespace RtpProxy.Load;

/// <summary>Requests of the ng protocol, as a controller of plain calls sends them.</summary>
internal static class NgWords
{
    public const string Ping = "d7:command4:pinge";

    public static string Offer(string call, int port) =>
        Command("offer", call, ("from-tag", "caller"), ("ICE", "remove"), ("sdp", Sdp(port)));

    public static string Answer(string call, int port) =>
        Command("answer", call, ("from-tag", "caller"), ("to-tag", "callee"), ("ICE", "remove"), ("sdp", Sdp(port)));

    public static string Delete(string call) => Command("delete", call, ("from-tag", "caller"), ("delete-delay", "0"));

    private static string Command(string command, string call, params (string Key, string Value)[] fields)
    {
        IEnumerable<(string Key, string Value)> all = [.. fields, ("call-id", call), ("command", command)];
        string body = string.Concat(all.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => Bencode(f.Key) + Bencode(f.Value)));
        return $"d{body}e";
    }

    private static string Sdp(int port) =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n";

    private static string Bencode(string text) => $"{text.Length}:{text}";
}
