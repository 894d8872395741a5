using System.Runtime.InteropServices;

namespace RtpProxy.Io.Interop;

/// <summary>epoll(7) and eventfd(2).</summary>
internal static unsafe partial class LibC
{
    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const uint EPOLLIN = 0x1;
    public const int EFD_NONBLOCK = 0x800;
    public const int EFD_CLOEXEC = 0x80000;

    // The number is the same on all architectures since Linux 5.11; the wrapper is in glibc only since 2.35.
    public const nint SYS_epoll_pwait2 = 441;

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle epoll_create1(int flags);

    /// <param name="event">An <c>epoll_event</c>, whose layout depends on the machine: see <see cref="EpollEventBuffer"/>.</param>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_ctl(int epfd, int op, int fd, byte* @event);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_wait(int epfd, byte* events, int maxevents, int timeout);

    /// <summary>syscall(2) with the arguments of epoll_pwait2(2): a timeout in nanoseconds.</summary>
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint syscall_epoll_pwait2(
        nint number, nint epfd, byte* events, nint maxevents, timespec* timeout, void* sigmask, nint sigsetsize);

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle eventfd(uint initval, int flags);
}
