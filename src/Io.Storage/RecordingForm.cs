using System.Runtime.InteropServices;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Media.Recording;

namespace RtpProxy.Io.Storage;

/// <summary>Tells recordings of ours in the spool from whatever else lies there.</summary>
internal static unsafe class RecordingForm
{
    private const int AdHocHeader = 30; // media rules, section 7.5

    /// <param name="name">A character per byte.</param>
    public static bool MayBe(string directory, string name)
    {
        if (!RecordingPath.IsSafe(name))
        {
            return false;
        }

        byte[] path = NativePath.From(directory, name);
        using FdHandle file = NativeFile.OpenRegular(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOFOLLOW, out FileStatus status, out Errno errno);
        if (errno != Errno.None)
        {
            return false;
        }

        bool isNamedSo = name.EndsWith(".rtp", StringComparison.Ordinal) || name.EndsWith(".rtcp", StringComparison.Ordinal);
        if (status.Size == 0)
        {
            return isNamedSo;
        }

        Span<byte> head = stackalloc byte[AdHocHeader];
        nint count;
        fixed (byte* start = head)
        {
            count = LibC.read(file.Number, start, head.Length);
        }

        return count > 0 && (IsPcap(head[..(int)count]) || (isNamedSo && IsAdHoc(head[..(int)count])));
    }

    private static bool IsPcap(ReadOnlySpan<byte> head)
    {
        Span<byte> ours = stackalloc byte[PcapRecord.FileHeaderLength];
        PcapRecord.WriteFileHeader(ours);
        return head.StartsWith(ours);
    }

    private static bool IsAdHoc(ReadOnlySpan<byte> head) =>
        head.Length == AdHocHeader && MemoryMarshal.Read<ushort>(head) is LibC.AF_INET or LibC.AF_INET6;
}
