using RtpProxy.Io.Interop;

namespace RtpProxy.Io.Files;

/// <summary>write(2) until all is written.</summary>
internal static unsafe class FileWriter
{
    public static Errno WriteAll(FdHandle file, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint written;
            fixed (byte* start = bytes)
            {
                written = LibC.write(file.Number, start, bytes.Length);
            }

            if (written > 0)
            {
                bytes = bytes[(int)written..];
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
