using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>clock_gettime(2), pthread_getcpuclockid(3).</summary>
internal static unsafe partial class LibC
{
    public const int CLOCK_REALTIME = 0;
    public const int CLOCK_BOOTTIME = 7;

    // Answered in user space by the vDSO within some ten nanoseconds, which is less than leaving managed mode costs.
    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int clock_gettime(int clockid, timespec* tp);

    [LibraryImport(Library)]
    public static partial nint pthread_self();

    /// <summary>Returns the error number.</summary>
    [LibraryImport(Library)]
    public static partial int pthread_getcpuclockid(nint thread, int* clockid);

    [StructLayout(LayoutKind.Sequential)]
    public struct timespec
    {
        public long tv_sec;
        public long tv_nsec;
    }
}
