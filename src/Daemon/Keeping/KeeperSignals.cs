using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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

    private static readonly int[] All = [Drain, Upgrade, .. Stopping];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly ConcurrentQueue<int> _waiting = new();

    /// <summary>
    /// From here on none of them ends the process; also not those that came while it became another program. Threads that are made
    /// before <see cref="LetThrough"/> get none of them, so that <see cref="Block"/> is enough for the process.
    /// </summary>
    public KeeperSignals()
    {
        Block();
        KeepFromFinalizers();
        Array.ForEach(All, SignalDisposition.Reset);
        foreach (int signal in All)
        {
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                _waiting.Enqueue(signal);
                Arrived.Raise();
            }));
        }
    }

    /// <summary>Raised when there may be one.</summary>
    public WakeSignal Arrived { get; } = new();

    /// <summary>There is one that nobody has taken.</summary>
    public bool AreWaiting => !_waiting.IsEmpty;

    public bool TryTake(out int signal) => _waiting.TryDequeue(out signal);

    /// <summary>Those that have come so far, and from now on: on the keeper's thread, when the others are there, or when there is no exec.</summary>
    public static void LetThrough() => SignalDisposition.LetThroughToThisThread(All);

    /// <summary>Before an exec: what comes from here on waits for the program that this process becomes.</summary>
    public static void Block() => SignalDisposition.KeepFromThisThread(All);

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        Arrived.Dispose();
    }

    // The runtime's thread for finalizers is the one that was there before any code of ours. In the native executable; where code is
    // compiled at run time there are others.
    private static void KeepFromFinalizers()
    {
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget() => _ = new BlocksInFinalizer();

    private sealed class BlocksInFinalizer
    {
        ~BlocksInFinalizer() => Block();
    }
}
