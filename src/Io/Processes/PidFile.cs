using System.Globalization;
using System.Text;
using RtpProxy.Io.Interop;

namespace RtpProxy.Io.Processes;

/// <summary>
/// The file that tells other programs our pid (control protocol, section 10.6). Opened while there is still the
/// privilege for it, written when start-up is complete, removed at a normal end if it is still the same ordinary file.
/// </summary>
/// <remarks>Owned by one thread.</remarks>
public sealed unsafe class PidFile : IDisposable
{
    private const uint Mode = 0x1B6; // Octal 0666, less the umask.

    private readonly FdHandle _file;
    private readonly byte[] _path;

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
            FdHandle file = LibC.open(name, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_CLOEXEC, Mode);
            if (!file.IsInvalid)
            {
                reason = "";
                return new(file, nativePath);
            }

            reason = LibC.Describe(LibC.LastErrno);
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

        byte[] text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{processId}\n"));
        fixed (byte* start = text)
        {
            _ = LibC.ftruncate(_file.Number, 0);
            _ = LibC.write(_file.Number, start, text.Length);
        }
    }

    /// <summary>Removes the file if the path still leads to the ordinary file that was opened.</summary>
    public void Remove()
    {
        if (FileStatus.TryRead(_file, out FileStatus opened) == Errno.None
            && FileStatus.TryRead(_path, out FileStatus now) == Errno.None
            && now.IsRegularFile && now.IsSameFile(opened))
        {
            fixed (byte* path = _path)
            {
                // Without the right to remove it (after -u, in a directory of root) it stays, as with the original.
                _ = LibC.unlink(path);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
