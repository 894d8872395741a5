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
        _control.Ask(NgWords.Ping);
    }

    public string Name => "rtpengine";

    public Process Process { get; }

    /// <summary>What a request is answered with.</summary>
    public string Text(string request) => _control.Ask(request);

    public RelayPorts Open(int session, int callerPort, int calleePort)
    {
        string call = $"bench{session}";
        int forCallee = Port(_control.Ask(NgWords.Offer(call, callerPort)));
        int forCaller = Port(_control.Ask(NgWords.Answer(call, calleePort)));
        return new RelayPorts(forCaller, forCallee);
    }

    public void PassCall(int call)
    {
        string name = $"passing{call}";
        _control.Tell(NgWords.Offer(name, 9));
        _control.Tell(NgWords.Answer(name, 9));
        _control.Tell(NgWords.Delete(name));
    }

    public void Dispose()
    {
        _control.Dispose();
        PinnedProcess.End(Process);
    }

    private static int Port(string reply) => MediaLine().Match(reply) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"rtpengine answered '{reply}'.");

    [GeneratedRegex("m=audio ([0-9]+) ")]
    private static partial Regex MediaLine();
}
