using System.Runtime.CompilerServices;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Keeping;

/// <summary>
/// Signals to the keeper. They are kept from all of its threads and wait in the kernel until its own reads them, also while it becomes
/// another program: so none is lost (ADR 28).
/// </summary>
/// <remarks>Owned by the keeper's thread.</remarks>
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

    private readonly SignalInbox _inbox = new(All);

    /// <summary>Readable while there is one that nobody has taken.</summary>
    public int Descriptor => _inbox.Descriptor;

    /// <summary>Signals that are meant for the keeper alone, also where they are sent to all of its processes.</summary>
    public static ReadOnlySpan<int> OfKeeper => [Drain, Upgrade];

    /// <summary>
    /// Keeps them from all threads that there are and will be, before any of ours is made. Where a keeper has become this program, they
    /// are.
    /// </summary>
    /// <returns>
    /// False where code is compiled at run time: there are threads already that are not ours. The program that this process becomes next
    /// has none that takes them.
    /// </returns>
    public static bool KeepFromThreads()
    {
        if (SignalDisposition.AreKeptFromThisThread(All))
        {
            return true;
        }

        SignalDisposition.KeepFromThisThread(All);
        KeepFromFinalizers();
        return SignalDisposition.AreKeptFromAllThreads(All);
    }

    public bool TryTake(out int signal) => _inbox.TryTake(out signal);

    public void Dispose() => _inbox.Dispose();

    // In the native executable the runtime's thread for finalizers is the only one that was there before any code of ours.
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
        ~BlocksInFinalizer() => SignalDisposition.KeepFromThisThread(All);
    }
}
