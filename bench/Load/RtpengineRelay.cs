using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RtpProxy.Load;

/// <summary>Debian's rtpengine without its kernel module, over its ng protocol (bencoded dictionaries over UDP).</summary>
internal sealed partial class RtpengineRelay : IRelayUnderTest
{
    private readonly ControlSocket _control;

    public RtpengineRelay()
    {
        int port = ControlSocket.FreePort();
        Process = PinnedProcess.Start(
            false, "rtpengine", "--foreground", "--table=-1", "--interface=127.0.0.1", $"--listen-ng=127.0.0.1:{port}",
            "--num-threads=1", "--port-min=10000", "--port-max=60000", "--log-level=2", "--log-stderr", "--pidfile=/dev/null");
        _control = new ControlSocket(port);
        _control.Ask("d7:command4:pinge");
    }

    public string Name => "rtpengine";

    public Process Process { get; }

    public RelayPorts Open(int session, int callerPort, int calleePort)
    {
        int forCallee = Port(Ask("offer", session, callerPort, ("from-tag", "caller")));
        int forCaller = Port(Ask("answer", session, calleePort, ("from-tag", "caller"), ("to-tag", "callee")));
        return new RelayPorts(forCaller, forCallee);
    }

    public void Dispose()
    {
        _control.Dispose();
        PinnedProcess.End(Process);
    }

    private string Ask(string command, int session, int port, params (string Key, string Value)[] tags)
    {
        string sdp = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n";
        IEnumerable<(string Key, string Value)> fields =
            [.. tags, ("call-id", $"bench{session}"), ("command", command), ("ICE", "remove"), ("sdp", sdp)];
        string body = string.Concat(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => Bencode(f.Key) + Bencode(f.Value)));
        return _control.Ask($"d{body}e");
    }

    private static string Bencode(string text) => $"{text.Length}:{text}";

    private static int Port(string reply) => MediaLine().Match(reply) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"rtpengine answered '{reply}'.");

    [GeneratedRegex("m=audio ([0-9]+) ")]
    private static partial Regex MediaLine();
}
