namespace RtpProxy.Io.Posix.Interop;

/// <summary>What statx(2) says about a file.</summary>
/// <param name="Device">With <paramref name="Inode"/>, which file it is.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="ModifiedNanoseconds">Since the UNIX epoch.</param>
internal readonly record struct FileStatus(
    ushort Mode, (uint Major, uint Minor) Device, ulong Inode, uint Links, uint Owner, uint Group, long Size, long ModifiedNanoseconds)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public bool IsSocket => (Mode & LibC.S_IFMT) == LibC.S_IFSOCK;

    public bool IsRegularFile => (Mode & LibC.S_IFMT) == LibC.S_IFREG;

    public bool IsDevice => (Mode & LibC.S_IFMT) is LibC.S_IFCHR or LibC.S_IFBLK;

    public bool IsFifo => (Mode & LibC.S_IFMT) == LibC.S_IFIFO;

    /// <summary>What it is, for a sentence that begins with its name.</summary>
    public string Kind => (Mode & LibC.S_IFMT) switch
    {
        LibC.S_IFDIR => "is a directory",
        LibC.S_IFIFO => "is a FIFO",
        LibC.S_IFLNK => "is a symbolic link",
        LibC.S_IFCHR or LibC.S_IFBLK => "is a device",
        LibC.S_IFSOCK => "is a socket",
        _ => Size > 0 ? "is a file that is not empty" : "is a file",
    };

    public bool IsSameFile(in FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Whether the same file, seen at another time, has what it had.</summary>
    public bool IsUnchanged(in FileStatus other) =>
        IsSameFile(other) && Size == other.Size && ModifiedNanoseconds == other.ModifiedNanoseconds;

    /// <summary>Does not follow a symbolic link at the end of the path.</summary>
    /// <param name="path">Ended by a NUL.</param>
    public static Errno TryRead(ReadOnlySpan<byte> path, out FileStatus status) =>
        TryRead(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>Follows symbolic links.</summary>
    /// <param name="path">Ended by a NUL.</param>
    public static Errno TryReadTarget(ReadOnlySpan<byte> path, out FileStatus status) =>
        TryRead(LibC.AT_FDCWD, path, 0, out status);

    public static Errno TryRead(FdHandle file, out FileStatus status) =>
        TryRead(file.Number, "\0"u8, LibC.AT_EMPTY_PATH, out status);

    private static unsafe Errno TryRead(int directory, ReadOnlySpan<byte> path, int flags, out FileStatus status)
    {
        LibC.statx_result result;
        fixed (byte* name = path)
        {
            if (LibC.statx(directory, name, flags, LibC.STATX_BASIC_STATS, &result) != 0)
            {
                status = default;
                return LibC.LastErrno;
            }
        }

        status = new FileStatus(
            result.stx_mode,
            (result.stx_dev_major, result.stx_dev_minor),
            result.stx_ino,
            result.stx_nlink,
            result.stx_uid,
            result.stx_gid,
            (long)result.stx_size,
            (result.stx_mtime.tv_sec * NanosecondsPerSecond) + result.stx_mtime.tv_nsec);
        return Errno.None;
    }
}
