using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>open(2), fcntl(2), ftruncate(2), renameat2(2), statx(2), readdir(3). Paths are NUL-terminated bytes: names from the network need not be UTF-8.</summary>
internal static unsafe partial class LibC
{
    public const int O_RDONLY = 0x0;
    public const int O_NOFOLLOW = 0x20000;
    public const int SEEK_SET = 0;
    public const int O_WRONLY = 0x1;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_NOCTTY = 0x100;
    public const int O_APPEND = 0x400;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;
    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_EMPTY_PATH = 0x1000;
    public const uint STATX_BASIC_STATS = 0x7FF;
    public const ushort S_IFMT = 0xF000;
    public const ushort S_IFSOCK = 0xC000;
    public const ushort S_IFREG = 0x8000;
    public const ushort S_IFLNK = 0xA000;
    public const ushort S_IFDIR = 0x4000;
    public const ushort S_IFIFO = 0x1000;
    public const ushort S_IFCHR = 0x2000;
    public const ushort S_IFBLK = 0x6000;
    public const uint RENAME_NOREPLACE = 1;
    public const int F_SETSIG = 10;
    public const int F_SETLEASE = 1024;
    public const int F_SETLK = 6;
    public const short F_RDLCK = 0;
    public const short F_WRLCK = 1;
    public const short F_UNLCK = 2;
    public const uint MFD_CLOEXEC = 1;
    public const int LOCK_EX = 2;
    public const int X_OK = 1;
    public const int W_OK = 2;
    public const int LOCK_NB = 4;

    /// <summary>access(2) with the effective ids.</summary>
    [LibraryImport(Library)]
    public static partial int euidaccess(byte* pathname, int mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle open(byte* pathname, int flags, uint mode);

    /// <summary>Released when the last descriptor of the open file is closed.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int flock(int fd, int operation);

    /// <summary>Takes or gives up a lock of a process (F_SETLK), which ends when the process closes any descriptor of the file.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(int fd, int cmd, flock_range* argument);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ftruncate(int fd, long length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial long lseek(int fd, long offset, int whence);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int renameat2(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int link(byte* oldpath, byte* newpath);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fsync(int fd);

    /// <summary>A file without a name, gone with its last descriptor.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle memfd_create(byte* name, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint pread(int fd, void* buf, nint count, long offset);

    [LibraryImport(Library, SetLastError = true)]
    public static partial void* opendir(byte* name);

    /// <summary>A <c>struct dirent</c> that is good until the next call; null at the end.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial byte* readdir(void* dirp);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int closedir(void* dirp);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int unlink(byte* pathname);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int chmod(byte* pathname, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int chown(byte* pathname, uint owner, uint group);

    /// <summary>Unlike <c>struct stat</c>, its result is laid out alike on every machine.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int statx(int dirfd, byte* pathname, int flags, uint mask, statx_result* statxbuf);

    /// <summary><c>struct flock</c> of 64-bit machines; a C# method and a type cannot share the name. From offset 0 (SEEK_SET) on.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct flock_range
    {
        public short l_type;
        public short l_whence;
        public long l_start;
        public long l_len; // 0: to the end, however far the file grows
        public int l_pid;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct statx_timestamp
    {
        public long tv_sec;
        public uint tv_nsec;
        public int reserved;
    }

    /// <summary><c>struct statx</c>; a C# method and a type cannot share the name.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    public struct statx_result
    {
        public uint stx_mask;
        public uint stx_blksize;
        public ulong stx_attributes;
        public uint stx_nlink;
        public uint stx_uid;
        public uint stx_gid;
        public ushort stx_mode;
        private readonly ushort _spare0;
        public ulong stx_ino;
        public ulong stx_size;
        public ulong stx_blocks;
        public ulong stx_attributes_mask;
        public statx_timestamp stx_atime;
        public statx_timestamp stx_btime;
        public statx_timestamp stx_ctime;
        public statx_timestamp stx_mtime;
        public uint stx_rdev_major;
        public uint stx_rdev_minor;
        public uint stx_dev_major;
        public uint stx_dev_minor;
    }
}
