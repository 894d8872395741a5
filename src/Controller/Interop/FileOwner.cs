using System.Text;

namespace RtpProxy.Controller.Interop;

/// <summary>What statx(2) says of a file.</summary>
/// <param name="Mode">As in stx_mode, with the type.</param>
internal readonly record struct FileOwner(ushort Mode, uint User, uint Group)
{
    public bool IsSocket => (Mode & LibC.S_IFMT) == LibC.S_IFSOCK;

    /// <summary>Null when that cannot be known.</summary>
    public static unsafe FileOwner? Read(string path)
    {
        const uint Wanted = LibC.STATX_TYPE | LibC.STATX_MODE | LibC.STATX_UID | LibC.STATX_GID;
        LibC.statx_result result = default;
        try
        {
            fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            {
                return LibC.statx(LibC.AT_FDCWD, name, 0, Wanted, &result) == 0
                    ? new FileOwner(result.stx_mode, result.stx_uid, result.stx_gid)
                    : null;
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null; // Another system than Linux, or an old one.
        }
    }
}
