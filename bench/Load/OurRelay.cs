using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>The published daemon of this repository, or any other that speaks the control protocol.</summary>
internal sealed class OurRelay : IRelayUnderTest
{
    private readonly ControlSocket _control;

    public OurRelay(string program, params string[] options)
        : this(program, PinnedProcess.Start, options)
    {
    }

    /// <param name="start">Starts a program with arguments; the first says whether its output is to be read.</param>
    public OurRelay(string program, Func<bool, string, string[], Process> start, params string[] options)
    {
        int port = ControlSocket.FreePort();
        Process = start(
            false, program, ["-f", "-F", "-l", "127.0.0.1", "-s", $"udp:127.0.0.1:{port}", "-p", "/dev/null",
            "-m", "10000", "-M", "60000", "-d", "err", "--workers", "1", .. options]);
        _control = new ControlSocket(port);
        _control.Ask("V");
    }

    public string Name => "rtpproxy";

    public Process Process { get; }

    public RelayPorts Open(int session, int callerPort, int calleePort)
    {
        int forCallee = Port($"U bench{session} 127.0.0.1 {callerPort} caller");
        int forCaller = Port($"L bench{session} 127.0.0.1 {calleePort} caller callee");
        return new RelayPorts(forCaller, forCallee);
    }

    /// <summary>Sends a command that is answered with a port.</summary>
    public int Port(string command)
    {
        string reply = _control.Ask(command);
        return int.TryParse(reply.AsSpan(0, reply.IndexOfAny([' ', '\n'])), CultureInfo.InvariantCulture, out int port)
            ? port
            : throw new InvalidOperationException($"'{command}' was answered '{reply.Trim()}'.");
    }

    /// <summary>What a command is answered with.</summary>
    public string Text(string command) => _control.Ask(command);

    /// <summary>Sends a command that is answered with 0.</summary>
    public void Do(string command)
    {
        string reply = _control.Ask(command);
        if (reply != "0\n")
        {
            throw new InvalidOperationException($"'{command}' was answered '{reply.Trim()}'.");
        }
    }

    public void PassCall(int call)
    {
        _control.Tell($"U passing{call} 127.0.0.1 9 caller");
        _control.Tell($"L passing{call} 127.0.0.1 9 caller callee");
        _control.Tell($"D passing{call} caller callee");
    }

    public void Dispose()
    {
        _control.Dispose();
        PinnedProcess.End(Process);
    }
}
