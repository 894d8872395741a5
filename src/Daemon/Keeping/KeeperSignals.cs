using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Keeping;

/// <summary>Signals to the keeper, for its thread.</summary>
internal sealed class KeeperSignals : IDisposable
{
    public const int Drain = 1; // SIGHUP
    public const int Upgrade = 12; // SIGUSR2

    private static readonly int[] Stopping =
    [
        2, // SIGINT
        15, // SIGTERM
        10, // SIGUSR1
    ];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly ConcurrentQueue<int> _waiting = new();

    /// <summary>From here on none of them ends the process; also not those that came while it became another program.</summary>
    public KeeperSignals()
    {
        int[] signals = [Drain, Upgrade, .. Stopping];
        Array.ForEach(signals, SignalDisposition.Reset);
        foreach (int signal in signals)
        {
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                _waiting.Enqueue(signal);
                Arrived.Raise();
            }));
        }

        Unblock();
    }

    /// <summary>Raised when there may be one.</summary>
    public WakeSignal Arrived { get; } = new();

    /// <summary>There is one that nobody has taken.</summary>
    public bool AreWaiting => !_waiting.IsEmpty;

    public bool TryTake(out int signal) => _waiting.TryDequeue(out signal);

    /// <summary>Before an exec: what comes from here on waits for the program that this process becomes.</summary>
    public static void Block() => SignalDisposition.KeepFromThisThread([Drain, Upgrade, .. Stopping]);

    public static void Unblock() => SignalDisposition.LetThroughToThisThread([Drain, Upgrade, .. Stopping]);

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        Arrived.Dispose();
    }
}
