using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>The processor time of a thread: pthread_getcpuclockid(3).</summary>
/// <remarks>Made on the thread; any other may read it.</remarks>
public sealed unsafe class ThreadCpuClock
{
    private readonly int _clock;

    private ThreadCpuClock(int clock) => _clock = clock;

    /// <summary>Of the calling thread; null if the system has none.</summary>
    public static ThreadCpuClock? OfThisThread()
    {
        int clock;
        return LibC.pthread_getcpuclockid(LibC.pthread_self(), &clock) == 0 ? new ThreadCpuClock(clock) : null;
    }

    /// <summary>What the thread has used so far; null when it has ended.</summary>
    public TimeSpan? Read()
    {
        LibC.timespec time;
        return LibC.clock_gettime(_clock, &time) == 0
            ? TimeSpan.FromSeconds(time.tv_sec) + TimeSpan.FromTicks(time.tv_nsec / TimeSpan.NanosecondsPerTick)
            : null;
    }
}
