using System.Diagnostics;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// One's turn at a directory, by flock(2): of two daemons that start at once, each would find the other's socket not yet
/// listening, and take it for an old one. Where it cannot be had soon, work goes on without.
/// </summary>
internal static unsafe class DirectoryTurn
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <param name="directory">Ended by a NUL.</param>
    /// <returns>Gives the turn up when disposed.</returns>
    public static FdHandle Take(ReadOnlySpan<byte> directory)
    {
        FdHandle handle;
        fixed (byte* name = directory)
        {
            handle = LibC.open(name, LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0);
        }

        long start = Stopwatch.GetTimestamp();
        while (!handle.IsInvalid
            && LibC.flock(handle.Number, LibC.LOCK_EX | LibC.LOCK_NB) != 0
            && LibC.LastErrno == Errno.EAGAIN
            && Stopwatch.GetElapsedTime(start) < Patience)
        {
            Thread.Sleep(Pause);
        }

        return handle;
    }
}
