using System.Globalization;
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
    public static void LetThroughToThisThread(params ReadOnlySpan<int> signals) => Mask(LibC.SIG_UNBLOCK, signals);

    /// <summary>Whether all of them are kept from the calling thread; then also from those that it makes, and over an exec.</summary>
    internal static unsafe bool AreKeptFromThisThread(params ReadOnlySpan<int> signals)
    {
        ulong* set = stackalloc ulong[SignalSet.Words];
        return LibC.pthread_sigmask(LibC.SIG_BLOCK, null, set) == 0 && SignalSet.HasAll(*set, signals);
    }

    /// <summary>Whether all of them are kept from every thread that there is.</summary>
    internal static bool AreKeptFromAllThreads(params ReadOnlySpan<int> signals)
    {
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (!SignalSet.HasAll(KeptFrom(thread), signals))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends the process at once with this status: nothing is flushed, nothing is removed.</summary>
    public static void ExitNow(int status) => LibC._exit(status);

    // proc(5)
    private static ulong KeptFrom(string thread)
    {
        const string Field = "SigBlk:";
        try
        {
            string line = File.ReadLines(Path.Combine(thread, "status")).First(line => line.StartsWith(Field, StringComparison.Ordinal));
            return ulong.Parse(line[Field.Length..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return ulong.MaxValue; // it has ended
        }
    }

    private static unsafe void Mask(int how, ReadOnlySpan<int> signals)
    {
        ulong* set = stackalloc ulong[SignalSet.Words];
        SignalSet.Write(set, signals);
        _ = LibC.pthread_sigmask(how, set, null);
    }
}
