using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Storage;

/// <summary>Files by names that end with a NUL and need not be UTF-8.</summary>
internal static unsafe class NativeFile
{
    public static FdHandle Open(ReadOnlySpan<byte> path, int flags, uint mode, out Errno errno)
    {
        fixed (byte* name = path)
        {
            FdHandle file = LibC.open(name, flags, mode);
            errno = file.IsInvalid ? LibC.LastErrno : Errno.None;
            return file;
        }
    }

    /// <summary>
    /// Opens a regular file and nothing else. A device may act when it is opened, and a FIFO lets go who waits at it: so what the name
    /// leads to is looked at before, and once more behind it, in case that has just been replaced.
    /// </summary>
    /// <param name="flags">O_NONBLOCK, unless it may be waited for who has a lease on the file.</param>
    /// <param name="errno"><see cref="Errno.EINVAL"/> where it is something else.</param>
    /// <returns>To be disposed; invalid unless <paramref name="errno"/> is none.</returns>
    public static FdHandle OpenRegular(ReadOnlySpan<byte> path, int flags, out FileStatus status, out Errno errno)
    {
        errno = (flags & LibC.O_NOFOLLOW) == 0
            ? FileStatus.TryReadTarget(path, out status)
            : FileStatus.TryRead(path, out status);
        if (errno != Errno.None || !status.IsRegularFile)
        {
            errno = errno == Errno.None ? Errno.EINVAL : errno;
            return new FdHandle();
        }

        FdHandle file = Open(path, flags | LibC.O_NOCTTY | LibC.O_CLOEXEC, 0, out errno);
        if (errno == Errno.None)
        {
            errno = FileStatus.TryRead(file, out status);
            errno = errno == Errno.None && !status.IsRegularFile ? Errno.EINVAL : errno;
        }

        if (errno == Errno.None)
        {
            return file;
        }

        file.Dispose();
        return new FdHandle();
    }

    public static void Remove(ReadOnlySpan<byte> path)
    {
        fixed (byte* name = path)
        {
            _ = LibC.unlink(name);
        }
    }

    /// <summary>rename(2) that overwrites nothing: <see cref="Errno.EEXIST"/>.</summary>
    public static Errno Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        fixed (byte* oldPath = from)
        fixed (byte* newPath = to)
        {
            if (LibC.renameat2(LibC.AT_FDCWD, oldPath, LibC.AT_FDCWD, newPath, LibC.RENAME_NOREPLACE) == 0)
            {
                return Errno.None;
            }

            Errno errno = LibC.LastErrno;
            if (errno is not (Errno.EINVAL or Errno.ENOSYS))
            {
                return errno;
            }

            // A file system that cannot do this: a second name, which overwrites nothing either, then the first one goes.
            if (LibC.link(oldPath, newPath) != 0)
            {
                return LibC.LastErrno;
            }

            _ = LibC.unlink(oldPath);
            return Errno.None;
        }
    }

    /// <summary>
    /// False while anybody has the file open for writing: then the kernel grants nobody a lease (fcntl(2), F_SETLEASE). Where
    /// it grants none anyway, to others than the file's owner or on some file systems, nobody is thought to write.
    /// </summary>
    public static bool IsAtRest(FdHandle file)
    {
        const int SIGURG = 23; // ignored by default; SIGIO, which a broken lease is told by, would end the process
        _ = LibC.fcntl(file.Number, LibC.F_SETSIG, SIGURG);
        if (LibC.fcntl(file.Number, LibC.F_SETLEASE, LibC.F_RDLCK) != 0)
        {
            return LibC.LastErrno != Errno.EAGAIN;
        }

        _ = LibC.fcntl(file.Number, LibC.F_SETLEASE, LibC.F_UNLCK);
        return true;
    }

    /// <summary>Takes the file for this process, by flock(2); false when another has it.</summary>
    public static bool TryLock(FdHandle file) => LibC.flock(file.Number, LibC.LOCK_EX | LibC.LOCK_NB) == 0;

    /// <summary>The names in a directory, without their final NUL.</summary>
    public static List<byte[]> List(ReadOnlySpan<byte> directory)
    {
        const int NameOffset = 19; // struct dirent of readdir(3) on 64-bit machines
        List<byte[]> names = [];
        fixed (byte* path = directory)
        {
            void* stream = LibC.opendir(path);
            if (stream == null)
            {
                return names;
            }

            while (LibC.readdir(stream) is var entry && entry != null)
            {
                names.Add([.. System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameOffset)]);
            }

            _ = LibC.closedir(stream);
            return names;
        }
    }
}
