using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Files;

/// <summary>Which file a path leads to, whatever its name: device and inode.</summary>
public static class FileIdentity
{
    /// <summary>Whether a path leads to an ordinary file, rather than to a device, a pipe, a directory or nothing.</summary>
    public static bool IsRegularFile(string path) => TryRead(path, out FileStatus status) && status.IsRegularFile;

    /// <summary>
    /// Whether nobody would miss an ordinary file if another took its name: it has no other names, and it belongs to the user
    /// who runs this.
    /// </summary>
    public static bool IsReplaceable(string path) =>
        TryRead(path, out FileStatus status) && status.IsRegularFile && status.Links == 1 && status.Owner == LibC.geteuid();

    /// <summary>Whether two paths lead to the same existing file, through links or not.</summary>
    public static bool AreSame(string one, string other) =>
        TryRead(one, out FileStatus first) && TryRead(other, out FileStatus second) && first.IsSameFile(second);

    private static bool TryRead(string path, out FileStatus status) =>
        FileStatus.TryReadTarget(NativePath.From(path), out status) == Errno.None;
}
