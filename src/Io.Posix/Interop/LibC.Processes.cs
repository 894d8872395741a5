using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>Starting, detaching, scheduling and ending processes; sched(7), credentials(7).</summary>
internal static unsafe partial class LibC
{
    public const int F_SETFD = 2;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int FD_CLOEXEC = 1;
    public const int PRIO_PROCESS = 0;
    public const nint SIG_DFL = 0;
    public const int SIG_BLOCK = 0;
    public const int SIG_UNBLOCK = 1;
    public const int SIGXFSZ = 25;
    public const int O_RDWR = 0x2;
    public const int SCHED_OTHER = 0;
    public const int SIGKILL = 9;
    public const int WNOHANG = 1;
    public const short POSIX_SPAWN_SETSIGMASK = 0x8;
    public const short POSIX_SPAWN_SETSCHEDPARAM = 0x10;
    public const short POSIX_SPAWN_SETSCHEDULER = 0x20;

    /// <summary>Room for a <c>posix_spawn_file_actions_t</c> (80 bytes with glibc and musl) or <c>posix_spawnattr_t</c> (336).</summary>
    public const int SpawnObjectBytes = 512;

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

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_init(void* file_actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_destroy(void* file_actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_adddup2(void* file_actions, int fildes, int newfildes);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addopen(void* file_actions, int fildes, byte* path, int oflag, uint mode);

    /// <summary>glibc 2.34 and later.</summary>
    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addclosefrom_np(void* file_actions, int from);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_init(void* attr);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_destroy(void* attr);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setflags(void* attr, short flags);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigmask(void* attr, ulong* sigmask);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setschedpolicy(void* attr, int schedpolicy);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setschedparam(void* attr, int* priority);

    /// <summary>Returns only where it fails.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int execve(byte* pathname, byte** argv, byte** envp);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int kill(int pid, int sig);

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
    /// <param name="set">A <c>sigset_t</c>: <see cref="SignalSet"/>. Null where nothing is to be changed.</param>
    [LibraryImport(Library)]
    public static partial int pthread_sigmask(int how, ulong* set, ulong* oldset);

    /// <summary>Ends the process at once: nothing is flushed, no handler runs.</summary>
    [LibraryImport(Library)]
    public static partial void _exit(int status);
}
