using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>The published daemon with its keeper, on whatever processors there are, and what can happen to it.</summary>
internal sealed class KeptRelay : IDisposable
{
    private const int SigKill = 9;
    private const int SigUsr2 = 12;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>What can happen, in words.</summary>
    public const string Events =
        "nothing, upgrade, kill, stop (for 3 s, then kill), rest (stopped for half a second), keeper-rests (for half a second, and the "
        + "relay is killed meanwhile), upgrade-kill (the old relay is killed in the middle of an upgrade)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly OurRelay _keeper;

    public KeptRelay(string program, params string[] options) =>
        _keeper = new OurRelay(
            program,
            (_, file, arguments) => Process.Start(file, arguments),
            ["--keep", "-d", "warn", .. options]);

    /// <summary>Of the keeper.</summary>
    public Process Process => _keeper.Process;

    /// <summary>The pid of the relay; 0 while there is none. While one takes over from another there are two: the old one is the one that counts.</summary>
    public int Relay
    {
        get
        {
            string children = File.ReadAllText($"/proc/{Process.Id}/task/{Process.Id}/children");
            string? first = children.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return first is null ? 0 : int.Parse(first, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The relay is killed, so it loses what it has in its hands.</summary>
    public static bool IsDeath(string @event) => @event is not ("nothing" or "upgrade" or "rest");

    public RelayPorts Open(int call, int callerPort, int calleePort) => _keeper.Open(call, callerPort, calleePort);

    /// <summary>What a command is answered with.</summary>
    public string Ask(string command) => _keeper.Text(command).Trim();

    /// <summary>Counters of the control protocol, which another process goes on with.</summary>
    public string Statistics => Ask("G nsess_created npkts_rcvd");

    /// <summary>Returns when another relay is there alone.</summary>
    public void Suffer(string @event)
    {
        int before = Relay;
        switch (@event)
        {
            case "nothing":
                return;
            case "upgrade":
                Send(SigUsr2, Process.Id);
                break;
            case "kill":
                Send(SigKill, before);
                break;
            case "stop":
                Send(SigStop, before);
                Thread.Sleep(3000);
                Send(SigKill, before);
                break;
            case "rest": // stopped for a moment, and nobody's end
                Send(SigStop, before);
                Thread.Sleep(500);
                Send(SigCont, before);
                return;
            case "keeper-rests": // while the relay dies
                Send(SigStop, Process.Id);
                Send(SigKill, before);
                Thread.Sleep(500);
                Send(SigCont, Process.Id);
                break;
            case "upgrade-kill": // in the middle of it
                Send(SigUsr2, Process.Id);
                Thread.Sleep(Random.Shared.Next(200));
                Send(SigKill, before);
                break;
            default:
                throw new ArgumentException($"--events: '{@event}' is none of {Events}.");
        }

        long start = Stopwatch.GetTimestamp();
        while (Relay is var relay && (relay == before || relay == 0))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new InvalidOperationException($"After '{@event}' no other relay came.");
            }

            Thread.Sleep(LookAgain);
        }
    }

    // Its keeper alone would leave the relay behind.
    public void Dispose()
    {
        Send(SigTerm, Process.Id);
        Process.WaitForExit();
        _keeper.Dispose();
    }

    private static void Send(int signal, int process) => _ = LibC.kill(process, signal);
}
