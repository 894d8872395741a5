using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>struct statx</c> of <c>linux/stat.h</c>, as far as it is needed; laid out alike on every machine.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct statx_t
{
    [FieldOffset(16)]
    public uint stx_nlink;

    [FieldOffset(20)]
    public uint stx_uid;

    [FieldOffset(28)]
    public ushort stx_mode;

    [FieldOffset(32)]
    public ulong stx_ino;

    [FieldOffset(136)]
    public uint stx_dev_major;

    [FieldOffset(140)]
    public uint stx_dev_minor;
}
