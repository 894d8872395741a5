using System.ComponentModel;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix;

/// <summary>How many files this process may have open (getrlimit(2), RLIMIT_NOFILE).</summary>
/// <param name="Soft">The limit in force.</param>
/// <param name="Hard">How far the soft limit may be raised.</param>
public readonly record struct DescriptorLimit(long Soft, long Hard)
{
    /// <summary>RTP and RTCP sockets of both legs.</summary>
    public const int PerSession = 4;

    // Standard streams, log, epoll and event descriptors, control sockets and their 100 connections, notifications.
    private const int Reserved = 150;

    // What was seen open in an idle daemon beside workers and control sockets: mostly the assemblies of the program.
    private const int OwnFiles = 56;

    // An epoll, an event and a timer descriptor.
    private const int PerWorker = 3;

    /// <summary>How many sessions fit below the limit in force when nothing is recorded or copied.</summary>
    public int SessionsThatFit => (int)Math.Clamp((Soft - Reserved) / PerSession, 0, int.MaxValue);

    /// <summary>
    /// Media takes descriptors below this number only. The kernel hands out the lowest free one, so the rest is there for
    /// control connections, files and notices: a relay that is full of calls can still be told to end some.
    /// </summary>
    public long MediaCeiling => Soft - Math.Min(Reserved, Soft / 4);

    /// <summary>The least limit under which a relay starts and answers, if only that it has no port.</summary>
    public static int LeastFor(int workers, int controlSockets) => OwnFiles + (PerWorker * workers) + controlSockets;

    /// <exception cref="Win32Exception">The system refused to answer.</exception>
    public static unsafe DescriptorLimit Read()
    {
        LibC.rlimit limit;
        Check(LibC.getrlimit(LibC.RLIMIT_NOFILE, &limit));
        return new DescriptorLimit(ToCount(limit.rlim_cur), ToCount(limit.rlim_max));
    }

    /// <summary>Raises the soft limit to the hard one; needs no privilege.</summary>
    /// <returns>The limits now in force.</returns>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static DescriptorLimit RaiseToHard()
    {
        DescriptorLimit limit = Read();
        return limit.Soft < limit.Hard ? Set(limit.Hard, limit.Hard) : limit;
    }

    /// <summary>Sets soft and hard limit; raising the hard one needs privilege.</summary>
    /// <returns>The limits now in force.</returns>
    /// <exception cref="Win32Exception">The system refused; the message is the text of errno.</exception>
    public static unsafe DescriptorLimit Set(long soft, long hard)
    {
        LibC.rlimit limit;
        limit.rlim_cur = (ulong)soft;
        limit.rlim_max = (ulong)hard;
        Check(LibC.setrlimit(LibC.RLIMIT_NOFILE, &limit));
        return new DescriptorLimit(soft, hard);
    }

    // RLIM_INFINITY is the largest unsigned number.
    private static long ToCount(ulong value) => (long)Math.Min(value, long.MaxValue);

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }
    }
}
