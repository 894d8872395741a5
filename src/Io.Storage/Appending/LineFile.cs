using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Storage.Appending;

/// <summary>
/// A file that lines are appended to: it may be moved away at any time (logrotate), and other processes may write to it as well,
/// under the lock of fcntl(2).
/// </summary>
/// <remarks>Owned by the thread that writes.</remarks>
/// <param name="path">Absolute.</param>
/// <param name="header">The first line of an empty file, with its LF; empty for none.</param>
internal sealed class LineFile(string path, ReadOnlyMemory<byte> header) : IDisposable
{
    private const uint Mode = 0x1A4; // 0644, less the umask

    private readonly byte[] _path = NativePath.From(path);
    private FdHandle? _file;
    private FileStatus _status;

    /// <summary>Opens the file of that name, if it is not the one that is open.</summary>
    public Errno Open()
    {
        if (_file is not null
            && FileStatus.TryReadTarget(_path, out FileStatus named) == Errno.None
            && named.IsSameFile(_status))
        {
            return Errno.None;
        }

        Dispose();

        // A pipe without a reader is an error instead of a wait.
        FdHandle file = NativeFile.Open(
            _path,
            LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC,
            Mode,
            out Errno errno);
        if (errno == Errno.None)
        {
            errno = FileStatus.TryRead(file, out _status);
        }

        if (errno != Errno.None)
        {
            file.Dispose();
            return errno;
        }

        _file = file;
        return Errno.None;
    }

    /// <summary>Takes the lock that <see cref="Append"/> wants. <see cref="Errno.EAGAIN"/> while another process has it.</summary>
    public Errno TryLock() => Lock(LibC.F_WRLCK);

    public void Unlock() => Lock(LibC.F_UNLCK);

    /// <summary>Appends the header where the file is empty. Under the lock.</summary>
    public Errno Begin()
    {
        if (header.IsEmpty || !_status.IsRegularFile)
        {
            return Errno.None;
        }

        Errno errno = FileStatus.TryRead(_file!, out FileStatus now);
        return errno == Errno.None && now.Size == 0 ? Append(header.Span) : errno;
    }

    /// <summary>Appends a line, or nothing of it. Under the lock.</summary>
    /// <param name="line">With its LF.</param>
    public Errno Append(ReadOnlySpan<byte> line)
    {
        Errno errno = FileWriter.WriteAll(_file!, line, out int written);
        if (written > 0 && written < line.Length && FileStatus.TryRead(_file!, out FileStatus now) == Errno.None)
        {
            // The next line has to begin a line.
            _ = LibC.ftruncate(_file!.Number, now.Size - written);
        }

        return errno;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private unsafe Errno Lock(short type)
    {
        LibC.flock_range whole = new() { l_type = type };
        if (LibC.fcntl(_file!.Number, LibC.F_SETLK, &whole) == 0 || !_status.IsRegularFile)
        {
            return Errno.None;
        }

        // POSIX leaves the system the choice of two.
        return LibC.LastErrno == Errno.EACCES ? Errno.EAGAIN : LibC.LastErrno;
    }
}
