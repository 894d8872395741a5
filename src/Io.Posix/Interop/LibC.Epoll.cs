using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>epoll(7), eventfd(2), signalfd(2) and timerfd_create(2).</summary>
internal static unsafe partial class LibC
{
    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 0x1;
    public const uint EPOLLOUT = 0x4;
    public const uint EPOLLERR = 0x8;
    public const int EFD_NONBLOCK = 0x800;
    public const int EFD_CLOEXEC = 0x80000;

    public const int SFD_NONBLOCK = 0x800;
    public const int SFD_CLOEXEC = 0x80000;

    /// <summary>A <c>signalfd_siginfo</c>, which begins with the number of the signal.</summary>
    public const int SignalfdSiginfoBytes = 128;

    public const int TFD_NONBLOCK = 0x800;
    public const int TFD_CLOEXEC = 0x80000;
    public const int TFD_TIMER_ABSTIME = 1;

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle epoll_create1(int flags);

    /// <param name="event">An <c>epoll_event</c>, whose layout depends on the machine: see <see cref="EpollEventBuffer"/>.</param>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_ctl(int epfd, int op, int fd, byte* @event);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_wait(int epfd, byte* events, int maxevents, int timeout);

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle eventfd(uint initval, int flags);

    /// <param name="fd">-1 for a new one.</param>
    /// <param name="mask">A <c>sigset_t</c>: <see cref="SignalSet"/>.</param>
    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle signalfd(int fd, ulong* mask, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle timerfd_create(int clockid, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int timerfd_settime(int fd, int flags, itimerspec* new_value, itimerspec* old_value);

    [StructLayout(LayoutKind.Sequential)]
    public struct itimerspec
    {
        public timespec it_interval;
        public timespec it_value;
    }
}
