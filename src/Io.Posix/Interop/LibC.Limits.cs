using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>getrlimit(2).</summary>
internal static unsafe partial class LibC
{
    public const int RLIMIT_NOFILE = 7;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getrlimit(int resource, rlimit* rlim);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setrlimit(int resource, rlimit* rlim);

    [StructLayout(LayoutKind.Sequential)]
    public struct rlimit
    {
        public ulong rlim_cur;
        public ulong rlim_max;
    }
}
