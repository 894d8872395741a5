using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>
/// The C library in its own names, a file per chapter. Blittable arguments only; <c>errno</c> is kept only where somebody
/// reads it.
/// </summary>
internal static unsafe partial class LibC
{
    private const string Library = "libc";

    /// <summary>What the last call that keeps it left in <c>errno</c>.</summary>
    public static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();

    /// <summary>As operators know it from C programs: <c>No space left on device (28)</c>.</summary>
    public static string Describe(Errno errno) => $"{Marshal.GetPInvokeErrorMessage((int)errno)} ({(int)errno})";

    [LibraryImport(Library)]
    public static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int fd, void* buf, nint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int fd, void* buf, nint count);
}
