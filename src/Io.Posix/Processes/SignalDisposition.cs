using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>signal(2), for what the base library does not offer.</summary>
public static class SignalDisposition
{
    /// <summary>
    /// Gives a signal its default action. A handler registered afterwards then acts also where the parent process had
    /// the signal ignored (nohup(1), a shell's <c>&amp;</c>), and no handler of the runtime runs before it.
    /// </summary>
    public static void Reset(int signal) => _ = LibC.signal(signal, LibC.SIG_DFL);

    /// <summary>
    /// Keeps a signal from the calling thread: what the kernel sends to it because of what it does is not delivered, and
    /// what is sent to the process goes to another thread.
    /// </summary>
    internal static void KeepFromThisThread(params ReadOnlySpan<int> signals) => Mask(LibC.SIG_BLOCK, signals);

    /// <summary>Takes that back; those that have been sent meanwhile are delivered now.</summary>
    internal static void LetThroughToThisThread(params ReadOnlySpan<int> signals) => Mask(LibC.SIG_UNBLOCK, signals);

    /// <summary>Ends the process at once with this status: nothing is flushed, nothing is removed.</summary>
    public static void ExitNow(int status) => LibC._exit(status);

    private static unsafe void Mask(int how, ReadOnlySpan<int> signals)
    {
        ulong* set = stackalloc ulong[LibC.SigsetBytes / sizeof(ulong)];
        new Span<ulong>(set, LibC.SigsetBytes / sizeof(ulong)).Clear();
        foreach (int signal in signals)
        {
            set[(signal - 1) / 64] |= 1ul << ((signal - 1) % 64);
        }

        _ = LibC.pthread_sigmask(how, set, null);
    }
}
