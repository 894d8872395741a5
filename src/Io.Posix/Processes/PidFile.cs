using System.Globalization;
using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>
/// The file that tells other programs our pid (control protocol, section 10.6). Opened while there is still the
/// privilege for it, written when start-up is complete, removed at a normal end if it is still the same ordinary file and
/// nobody else has written to it.
/// </summary>
/// <remarks>Owned by one thread.</remarks>
public sealed unsafe class PidFile : IDisposable
{
    private const uint Mode = 0x1B6; // Octal 0666, less the umask.
    private const string NotOrdinary = "is not an ordinary file";

    private readonly FdHandle _file;
    private readonly byte[] _path;
    private byte[] _written = [];

    private PidFile(FdHandle file, byte[] path)
    {
        _file = file;
        _path = path;
    }

    /// <summary>Opens or creates the file and leaves what it holds.</summary>
    /// <param name="reason">Why it cannot be opened, in the system's words.</param>
    public static PidFile? Open(string path, out string reason)
    {
        byte[] nativePath = NativePath.From(path);
        fixed (byte* name = nativePath)
        {
            // Not blocking, since a FIFO waits for a reader.
            const int Flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_CLOEXEC | LibC.O_NONBLOCK | LibC.O_NOCTTY;
            FdHandle file = LibC.open(name, Flags, Mode);
            if (file.IsInvalid)
            {
                reason = LibC.LastErrno == Errno.ENXIO ? NotOrdinary : LibC.Describe(LibC.LastErrno);
                return null;
            }

            if (FileStatus.TryRead(file, out FileStatus status) == Errno.None && status.IsRegularFile | status.IsDevice)
            {
                reason = "";
                return new(file, nativePath);
            }

            file.Dispose();
            reason = NotOrdinary;
            return null;
        }
    }

    /// <summary>Replaces the contents by the pid and a line end. A device is left alone.</summary>
    public void Write(int processId)
    {
        if (FileStatus.TryRead(_file, out FileStatus status) != Errno.None || !status.IsRegularFile)
        {
            return;
        }

        _written = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{processId}\n"));
        fixed (byte* start = _written)
        {
            _ = LibC.ftruncate(_file.Number, 0);
            _ = LibC.write(_file.Number, start, _written.Length);
        }
    }

    /// <summary>
    /// Removes the file if the path still leads to the ordinary file that was opened, and it holds what we wrote: a daemon
    /// that was started in our place before we ended has written its own pid into the same file.
    /// </summary>
    public void Remove()
    {
        if (FileStatus.TryRead(_file, out FileStatus opened) == Errno.None
            && FileStatus.TryRead(_path, out FileStatus now) == Errno.None
            && now.IsRegularFile && now.IsSameFile(opened) && HoldsWhatWasWritten())
        {
            fixed (byte* path = _path)
            {
                // Without the right to remove it (after -u, in a directory of root) it stays, as with the original.
                _ = LibC.unlink(path);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private bool HoldsWhatWasWritten()
    {
        Span<byte> content = stackalloc byte[32]; // longer than any pid and its line end
        fixed (byte* path = _path)
        fixed (byte* start = content)
        {
            using FdHandle file = LibC.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
            nint count = file.IsInvalid ? -1 : LibC.read(file.Number, start, content.Length);
            return count == _written.Length && content[..(int)count].SequenceEqual(_written);
        }
    }
}
