using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>Starting, detaching, scheduling and ending processes; sched(7), credentials(7).</summary>
internal static unsafe partial class LibC
{
    public const int F_SETFD = 2;
    public const int FD_CLOEXEC = 1;
    public const int PRIO_PROCESS = 0;
    public const nint SIG_DFL = 0;
    public const int SIG_BLOCK = 0;
    public const int SIGXFSZ = 25;
    public const int SigsetBytes = 128;
    public const int O_RDWR = 0x2;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe2(int* pipefd, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(int fd, int cmd, int arg);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int dup2(int oldfd, int newfd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ftruncate(int fd, nint length);

    /// <summary>Returns the error number; the attributes may be null.</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawn(
        int* pid, byte* path, void* file_actions, void* attrp, byte** argv, byte** envp);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitpid(int pid, int* wstatus, int options);

    [LibraryImport(Library)]
    public static partial int getppid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setsid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setpriority(int which, uint who, int prio);

    /// <summary>On Linux it concerns the calling thread alone.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int nice(int inc);

    [LibraryImport(Library)]
    public static partial int sched_get_priority_max(int policy);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_setscheduler(int pid, int policy, int* priority);

    [LibraryImport(Library)]
    public static partial nint signal(int signum, nint handler);

    /// <summary>Of the calling thread; returns the error instead of setting it.</summary>
    /// <param name="set">A <c>sigset_t</c>: a bit per signal, that of signal 1 first.</param>
    [LibraryImport(Library)]
    public static partial int pthread_sigmask(int how, ulong* set, ulong* oldset);

    /// <summary>Ends the process at once: nothing is flushed, no handler runs.</summary>
    [LibraryImport(Library)]
    public static partial void _exit(int status);
}
