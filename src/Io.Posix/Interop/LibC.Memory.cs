using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>mmap(2), madvise(2), fallocate(2), and the seals of memory files (memfd_create(2), fcntl(2)).</summary>
internal static unsafe partial class LibC
{
    public const uint MFD_ALLOW_SEALING = 0x2;
    public const int PROT_READ = 0x1;
    public const int PROT_WRITE = 0x2;
    public const int MAP_SHARED = 0x1;
    public const int MADV_DONTDUMP = 16;
    public const nint MAP_FAILED = -1;
    public const int F_ADD_SEALS = 1033;
    public const int F_GET_SEALS = 1034;
    public const int F_SEAL_SEAL = 0x1;
    public const int F_SEAL_SHRINK = 0x2;
    public const int F_SEAL_GROW = 0x4;
    public const int FALLOC_FL_KEEP_SIZE = 0x1;
    public const int FALLOC_FL_PUNCH_HOLE = 0x2;

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint mmap(void* addr, nint length, int prot, int flags, int fd, long offset);

    [LibraryImport(Library)]
    public static partial int munmap(nint addr, nint length);

    [LibraryImport(Library)]
    public static partial int madvise(nint addr, nint length, int advice);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fallocate(int fd, int mode, long offset, long len);
}
