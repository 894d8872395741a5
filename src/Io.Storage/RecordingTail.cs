using Microsoft.Win32.SafeHandles;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Media.Recording;

namespace RtpProxy.Io.Storage;

/// <summary>The end of a recording whose writer was killed, perhaps in the middle of a record.</summary>
internal static class RecordingTail
{
    /// <summary>Cuts off what is no whole record, and goes to the end.</summary>
    /// <param name="file">Open for reading and writing.</param>
    /// <param name="from">Where a record begins, or the file ends: what comes before it is whole.</param>
    /// <param name="size">Bytes that are left.</param>
    /// <returns><see cref="Errno.EINVAL"/> if the file is shorter than that: somebody else has changed it.</returns>
    public static Errno Mend(FdHandle file, long from, out long size)
    {
        size = from;
        try
        {
            using var handle = new SafeFileHandle(file.Number, ownsHandle: false);
            long end = RandomAccess.GetLength(handle);
            if (end < from)
            {
                return Errno.EINVAL;
            }

            bool isPcap = IsPcap(handle);
            while (LengthAt(handle, size, isPcap) is { } length && length <= end - size)
            {
                size += length;
            }
        }
        catch (IOException)
        {
            return Errno.EIO;
        }

        return LibC.ftruncate(file.Number, size) == 0 && LibC.lseek(file.Number, size, LibC.SEEK_SET) == size
            ? Errno.None
            : LibC.LastErrno;
    }

    private static bool IsPcap(SafeFileHandle file)
    {
        Span<byte> ours = stackalloc byte[PcapRecord.FileHeaderLength];
        Span<byte> head = stackalloc byte[PcapRecord.FileHeaderLength];
        PcapRecord.WriteFileHeader(ours);
        return RandomAccess.Read(file, head, 0) == head.Length && head.SequenceEqual(ours);
    }

    /// <summary>Of the record there, with its header; null when there is not even that, or it cannot be one.</summary>
    private static long? LengthAt(SafeFileHandle file, long offset, bool isPcap)
    {
        Span<byte> header = stackalloc byte[isPcap ? PcapRecord.RecordHeaderLength : AdHocRecord.HeaderLength];
        if (RandomAccess.Read(file, header, offset) < header.Length)
        {
            return null;
        }

        return isPcap ? PcapRecord.LengthOf(header) : AdHocRecord.LengthOf(header);
    }
}
