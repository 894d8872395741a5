using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>The published daemon with its keeper, and what can happen to it.</summary>
internal sealed class KeptRelay : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly OurRelay _keeper;

    public KeptRelay(string program) => _keeper = new OurRelay(program, "--keep");

    public RelayPorts Open(int call, int callerPort, int calleePort) => _keeper.Open(call, callerPort, calleePort);

    /// <summary>Counters of the control protocol, which another process goes on with.</summary>
    public string Statistics => _keeper.Text("G nsess_created npkts_rcvd").Trim();

    /// <summary>Returns when another relay relays.</summary>
    public void Suffer(string @event)
    {
        int before = Relay();
        switch (@event)
        {
            case "nothing":
                return;
            case "upgrade":
                Kill("USR2", _keeper.Process.Id);
                break;
            case "kill":
                Kill("KILL", before);
                break;
            case "stop":
                Kill("STOP", before);
                Thread.Sleep(3000);
                Kill("KILL", before);
                break;
            default:
                throw new ArgumentException($"--events: '{@event}' is none of nothing, upgrade, kill, stop.");
        }

        long start = Stopwatch.GetTimestamp();
        while (Relay() is var relay && (relay == before || relay == 0))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new InvalidOperationException($"After '{@event}' no other relay came.");
            }

            Thread.Sleep(5);
        }
    }

    // Its keeper alone would leave the relay behind.
    public void Dispose()
    {
        Kill("TERM", _keeper.Process.Id);
        _keeper.Process.WaitForExit();
        _keeper.Dispose();
    }

    // While one takes over from another there are two: the old one is the one that counts.
    private int Relay()
    {
        using Process search = Process.Start(
            new ProcessStartInfo("pgrep", ["-P", _keeper.Process.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        string children = search.StandardOutput.ReadToEnd();
        search.WaitForExit();
        string? first = children.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return first is null ? 0 : int.Parse(first, CultureInfo.InvariantCulture);
    }

    private static void Kill(string signal, int process)
    {
        using Process kill = Process.Start("/bin/kill", ["-s", signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
