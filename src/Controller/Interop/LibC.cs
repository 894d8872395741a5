using System.Runtime.InteropServices;

namespace RtpProxy.Controller.Interop;

/// <summary>statx(2), in C's own names: who owns a file is what the base library does not tell.</summary>
internal static unsafe partial class LibC
{
    public const int AT_FDCWD = -100;
    public const uint STATX_TYPE = 0x1;
    public const uint STATX_MODE = 0x2;
    public const uint STATX_UID = 0x8;
    public const uint STATX_GID = 0x10;
    public const int S_IFMT = 0xF000;
    public const int S_IFSOCK = 0xC000;

    private const string Library = "libc";

    [LibraryImport(Library)]
    public static partial int statx(int dirfd, byte* pathname, int flags, uint mask, statx_result* statxbuf);

    /// <summary>What we want of <c>struct statx</c>, and room for the rest.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct statx_result
    {
        [FieldOffset(20)]
        public uint stx_uid;

        [FieldOffset(24)]
        public uint stx_gid;

        [FieldOffset(28)]
        public ushort stx_mode;
    }
}
