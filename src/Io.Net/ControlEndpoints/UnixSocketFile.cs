using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// The file of a listening Unix socket: replaces a socket that nobody listens on any more, or an empty file such as
/// mktemp(1) makes, but nothing else; and goes away with its owner, unless somebody has put another file there meanwhile.
/// </summary>
internal sealed unsafe class UnixSocketFile : IDisposable
{
    private const uint Unchanged = uint.MaxValue; // chown(2): (uid_t)-1

    private readonly byte[] _path;
    private readonly string _name;
    private readonly FileStatus _created;
    private readonly ILogger _logger;

    private UnixSocketFile(byte[] path, string name, FileStatus created, ILogger logger)
    {
        _path = path;
        _name = name;
        _created = created;
        _logger = logger;
    }

    /// <summary>Opens a socket that listens on a file of its own.</summary>
    /// <param name="file">To be disposed after the socket.</param>
    /// <returns>Owned by the caller.</returns>
    /// <exception cref="ControlSocketException">It cannot be; what lies there is untouched.</exception>
    public static Socket Open(string path, UnixSocketAccess access, int backlog, ILogger logger, out UnixSocketFile file)
    {
        // Bound by hand: the runtime's own Unix sockets remove their file at the end, whatever lies there by then.
        FdHandle handle = LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        try
        {
            Check(handle.IsInvalid ? LibC.LastErrno : Errno.None);
            file = Listen(handle, path, access, backlog, logger);
            var socket = new Socket(new SafeSocketHandle(handle.Number, ownsHandle: true));
            handle.SetHandleAsInvalid();
            return socket;
        }
        finally
        {
            handle.Dispose();
        }
    }

    /// <summary>The file of a socket that listens already, opened by another process.</summary>
    /// <returns>Removes nothing if something else, or nothing, lies there.</returns>
    public static UnixSocketFile Adopt(string path, ILogger logger)
    {
        byte[] bytes = NativePath.From(CurrentDirectory.Resolve(path));
        bool isThere = FileStatus.TryRead(bytes, out FileStatus status) == Errno.None && status.IsSocket;
        return new UnixSocketFile(bytes, path, isThere ? status : default, logger);
    }

    /// <summary>Makes the file and lets <paramref name="socket"/> listen on it.</summary>
    /// <exception cref="ControlSocketException">It cannot be; what lies there is untouched.</exception>
    private static UnixSocketFile Listen(
        FdHandle socket, string path, UnixSocketAccess access, int backlog, ILogger logger)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ControlSocketException("the path is empty or contains a NUL");
        }

        if (Encoding.UTF8.GetByteCount(path) > UnixSocketAddress.MaxPathBytes)
        {
            throw new ControlSocketException("the path is too long");
        }

        string full = CurrentDirectory.Resolve(path);
        byte[] bytes = NativePath.From(full);
        using FdHandle turn = DirectoryTurn.Take(NativePath.From(System.IO.Path.GetDirectoryName(full) ?? "/"));
        RemoveOld(bytes, path);
        Bind(socket, path);
        Check(FileStatus.TryRead(bytes, out FileStatus created));
        SetAccess(bytes, access);
        Check(LibC.listen(socket.Number, backlog) == 0 ? Errno.None : LibC.LastErrno);
        return new UnixSocketFile(bytes, path, created, logger);
    }

    /// <summary>An old socket, which may still be alive, or an empty file such as mktemp(1) makes.</summary>
    internal static bool IsReplaceable(in FileStatus old) => old.IsSocket || (old.IsRegularFile && old.Size == 0);

    public void Dispose()
    {
        if (FileStatus.TryRead(_path, out FileStatus now) != Errno.None || !now.IsSameFile(_created))
        {
            return;
        }

        fixed (byte* path = _path)
        {
            if (LibC.unlink(path) != 0)
            {
                Log.SocketFileStays(_logger, _name, LibC.Describe(LibC.LastErrno));
            }
        }
    }

    private static void RemoveOld(byte[] bytes, string path)
    {
        Errno errno = FileStatus.TryRead(bytes, out FileStatus old);
        if (errno == Errno.ENOENT)
        {
            return;
        }

        Check(errno);
        if (!IsReplaceable(old))
        {
            throw new ControlSocketException($"it {old.Kind} and not a socket, and is left untouched");
        }

        if (old.IsSocket && UnixListener.Find(NativePath.From(path)) is { } owner)
        {
            throw new ControlSocketException($"{owner} listens there, and is left alone");
        }

        fixed (byte* name = bytes)
        {
            Check(LibC.unlink(name) == 0 ? Errno.None : LibC.LastErrno);
        }
    }

    private static void Bind(FdHandle socket, string path)
    {
        byte* address = stackalloc byte[UnixSocketAddress.Bytes];
        uint length = UnixSocketAddress.Write(NativePath.From(path), address);
        Errno errno = LibC.bind(socket.Number, address, length) == 0 ? Errno.None : LibC.LastErrno;
        if (errno == Errno.ENOENT && System.IO.Path.GetDirectoryName(CurrentDirectory.Resolve(path)) is { } directory)
        {
            throw new ControlSocketException($"there is no directory {directory}");
        }

        Check(errno);
    }

    private static void SetAccess(byte[] bytes, UnixSocketAccess access)
    {
        fixed (byte* name = bytes)
        {
            // What is so already is not asked for: a unit may forbid to change owners, and -u names who we are then.
            if (FileStatus.TryRead(bytes, out FileStatus made) != Errno.None
                || made.Owner != (access.UserId ?? made.Owner) || made.Group != (access.GroupId ?? made.Group))
            {
                int result = LibC.chown(name, access.UserId ?? Unchanged, access.GroupId ?? Unchanged);
                Check(result == 0 ? Errno.None : LibC.LastErrno);
            }

            if (access.Mode is { } mode)
            {
                Check(LibC.chmod(name, mode) == 0 ? Errno.None : LibC.LastErrno);
            }
        }
    }

    private static void Check(Errno errno)
    {
        if (errno != Errno.None)
        {
            throw new ControlSocketException($"the system says: {LibC.Describe(errno)}");
        }
    }
}
