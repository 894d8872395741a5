using System.ComponentModel;

namespace RtpProxy.Io.Interop;

/// <summary>An epoll instance that watches descriptors for input, level-triggered.</summary>
/// <remarks>Thread-safe as the kernel's object is; the waiting belongs to one thread. A closed descriptor leaves by itself.</remarks>
internal sealed unsafe class EpollSet : IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly FdHandle _epoll;
    private readonly bool _hasNanosecondWait;

    /// <param name="hasNanosecondWait"><see cref="EngineCapabilities.HasNanosecondWait"/>.</param>
    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public EpollSet(bool hasNanosecondWait)
    {
        _hasNanosecondWait = hasNanosecondWait;
        _epoll = LibC.epoll_create1(LibC.EPOLL_CLOEXEC);
        if (_epoll.IsInvalid)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }
    }

    /// <summary>Watches <paramref name="fd"/>; <paramref name="tag"/> comes back with its events.</summary>
    public Errno Add(int fd, int tag)
    {
        byte* change = stackalloc byte[16];
        EpollEventBuffer.Write(change, LibC.EPOLLIN, (uint)tag);
        return LibC.epoll_ctl(_epoll.Number, LibC.EPOLL_CTL_ADD, fd, change) == 0 ? Errno.None : LibC.LastErrno;
    }

    /// <summary>Waits and returns how many events were written to <paramref name="events"/>; 0 after a signal too.</summary>
    /// <param name="nanoseconds">How long at most; 0 returns at once, negative waits without limit.</param>
    public int Wait(EpollEventBuffer events, long nanoseconds)
    {
        int count = nanoseconds > 0 && _hasNanosecondWait
            ? WaitFor(events, nanoseconds)
            : LibC.epoll_wait(_epoll.Number, events.Start, events.Capacity, ToMilliseconds(nanoseconds));
        if (count >= 0)
        {
            return count;
        }

        Errno errno = LibC.LastErrno;
        return errno == Errno.EINTR ? 0 : throw new Win32Exception((int)errno);
    }

    public void Dispose() => _epoll.Dispose();

    private int WaitFor(EpollEventBuffer events, long nanoseconds)
    {
        LibC.timespec timeout;
        timeout.tv_sec = nanoseconds / NanosecondsPerSecond;
        timeout.tv_nsec = nanoseconds % NanosecondsPerSecond;
        return (int)LibC.syscall_epoll_pwait2(
            LibC.SYS_epoll_pwait2, _epoll.Number, events.Start, events.Capacity, &timeout, null, 0);
    }

    // Rounded up: waking early would only spin.
    private static int ToMilliseconds(long nanoseconds) => nanoseconds < 0
        ? -1
        : (int)Math.Min(int.MaxValue, (nanoseconds + NanosecondsPerMillisecond - 1) / NanosecondsPerMillisecond);
}
