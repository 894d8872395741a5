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
        string call = $"bench{session}";
        int forCallee = Port(_control.Ask(Offer(call, callerPort)));
        int forCaller = Port(_control.Ask(Answer(call, calleePort)));
        return new RelayPorts(forCaller, forCallee);
    }

    public void PassCall(int call)
    {
        string name = $"passing{call}";
        _control.Tell(Offer(name, 9));
        _control.Tell(Answer(name, 9));
        _control.Tell(Command("delete", name, ("from-tag", "caller"), ("delete-delay", "0")));
    }

    public void Dispose()
    {
        _control.Dispose();
        PinnedProcess.End(Process);
    }

    private static string Offer(string call, int port) =>
        Command("offer", call, ("from-tag", "caller"), ("ICE", "remove"), ("sdp", Sdp(port)));

    private static string Answer(string call, int port) =>
        Command("answer", call, ("from-tag", "caller"), ("to-tag", "callee"), ("ICE", "remove"), ("sdp", Sdp(port)));

    private static string Command(string command, string call, params (string Key, string Value)[] fields)
    {
        IEnumerable<(string Key, string Value)> all = [.. fields, ("call-id", call), ("command", command)];
        string body = string.Concat(all.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => Bencode(f.Key) + Bencode(f.Value)));
        return $"d{body}e";
    }

    private static string Sdp(int port) =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n";

    private static string Bencode(string text) => $"{text.Length}:{text}";

    private static int Port(string reply) => MediaLine().Match(reply) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"rtpengine answered '{reply}'.");

    [GeneratedRegex("m=audio ([0-9]+) ")]
    private static partial Regex MediaLine();
}
