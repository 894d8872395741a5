using RtpProxy.Io.Interop;

namespace RtpProxy.Io.Processes;

/// <summary>
/// Descriptors 0, 1 and 2. Not through <see cref="Console"/>, which keeps duplicates: a daemon that goes to the
/// background must let go of the terminal or pipe that it was started from.
/// </summary>
public static unsafe class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;

    /// <summary>Writes all of it, or as much as the reader takes before it goes away; waits for a slow reader.</summary>
    public static void WriteOutput(ReadOnlySpan<byte> bytes) => Write(Output, bytes);

    /// <inheritdoc cref="WriteOutput"/>
    public static void WriteError(ReadOnlySpan<byte> bytes) => Write(Error, bytes);

    /// <summary>Connects standard input, and unless they are kept also output and error, with the null device.</summary>
    public static void ConnectToNull(bool keepOutput)
    {
        fixed (byte* path = "/dev/null\0"u8)
        {
            using FdHandle device = LibC.open(path, LibC.O_RDWR | LibC.O_CLOEXEC, 0);
            if (device.IsInvalid)
            {
                return;
            }

            _ = LibC.dup2(device.Number, Input);
            if (!keepOutput)
            {
                _ = LibC.dup2(device.Number, Output);
                _ = LibC.dup2(device.Number, Error);
            }
        }
    }

    private static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint written = 0;
            while (written < bytes.Length)
            {
                nint count = LibC.write(descriptor, start + written, bytes.Length - written);
                if (count > 0)
                {
                    written += count;
                }
                else if (count == 0 || LibC.LastErrno != Errno.EINTR)
                {
                    return;
                }
            }
        }
    }
}
