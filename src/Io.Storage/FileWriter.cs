using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Storage;

/// <summary>write(2) until all is written.</summary>
internal static unsafe class FileWriter
{
    /// <param name="done">Bytes that were written, all of them unless there is an error.</param>
    public static Errno WriteAll(FdHandle file, ReadOnlySpan<byte> bytes, out int done)
    {
        done = 0;
        while (done < bytes.Length)
        {
            nint written;
            fixed (byte* start = bytes[done..])
            {
                written = LibC.write(file.Number, start, bytes.Length - done);
            }

            if (written > 0)
            {
                done += (int)written;
            }
            else if (written == 0)
            {
                return Errno.ENOSPC;
            }
            else if (LibC.LastErrno != Errno.EINTR)
            {
                return LibC.LastErrno;
            }
        }

        return Errno.None;
    }
}
