using System.Runtime.CompilerServices;
using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs.Files;

/// <summary>Which file a path leads to, whatever its name: device and inode.</summary>
public static class FileIdentity
{
    /// <summary>Whether a path leads to an ordinary file, rather than to a device, a pipe, a directory or nothing.</summary>
    public static bool IsRegularFile(string path) =>
        TryRead(path, out statx_t facts) && (facts.stx_mode & LibC.S_IFMT) == LibC.S_IFREG;

    /// <summary>
    /// Whether nobody would miss an ordinary file if another took its name: it has no other names, and it belongs to the user
    /// who runs this.
    /// </summary>
    public static bool IsReplaceable(string path) =>
        TryRead(path, out statx_t facts)
        && (facts.stx_mode & LibC.S_IFMT) == LibC.S_IFREG
        && facts.stx_nlink == 1
        && facts.stx_uid == LibC.geteuid();

    /// <summary>Whether two paths lead to the same existing file, through links or not.</summary>
    public static bool AreSame(string one, string other) =>
        TryRead(one, out statx_t first)
        && TryRead(other, out statx_t second)
        && (first.stx_ino, first.stx_dev_major, first.stx_dev_minor)
            == (second.stx_ino, second.stx_dev_major, second.stx_dev_minor);

    private static bool TryRead(string path, out statx_t facts)
    {
        Unsafe.SkipInit(out facts);
        return LibC.statx(LibC.AT_FDCWD, path, 0, LibC.STATX_INO | LibC.STATX_TYPE | LibC.STATX_NLINK | LibC.STATX_UID, out facts) == 0;
    }
}
