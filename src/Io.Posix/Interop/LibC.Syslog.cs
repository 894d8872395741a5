using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>syslog(3).</summary>
internal static unsafe partial class LibC
{
    public const int LOG_PID = 0x01;
    public const int LOG_ERR = 3;
    public const int LOG_CRIT = 2;
    public const int LOG_WARNING = 4;
    public const int LOG_INFO = 6;
    public const int LOG_DEBUG = 7;

    /// <summary><paramref name="ident"/> is kept by the library, not copied.</summary>
    [LibraryImport(Library)]
    public static partial void openlog(byte* ident, int option, int facility);

    /// <summary><paramref name="format"/> is <c>%s</c>: text from the network never becomes a format.</summary>
    [LibraryImport(Library)]
    public static partial void syslog(int priority, byte* format, byte* message);

    [LibraryImport(Library)]
    public static partial void closelog();
}
