using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>The calls of the C library that the file tools need and .NET lacks.</summary>
internal static partial class LibC
{
    internal const int AT_FDCWD = -100;
    internal const uint STATX_TYPE = 0x1;
    internal const uint STATX_NLINK = 0x4;
    internal const uint STATX_UID = 0x8;
    internal const uint STATX_INO = 0x100;
    internal const int S_IFMT = 0xf000;
    internal const int S_IFREG = 0x8000;

    [LibraryImport("libc")]
    internal static partial uint geteuid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int link(string oldpath, string newpath);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(int dirfd, string pathname, int flags, uint mask, out statx_t statxbuf);
}
