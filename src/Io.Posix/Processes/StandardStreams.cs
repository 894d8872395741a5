using System.Globalization;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

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

    /// <summary>
    /// Connects standard input, and unless they are kept also output and error, with the null device; and with them the
    /// duplicates that the runtime made of them when it started.
    /// </summary>
    public static void ConnectToNull(bool keepOutput)
    {
        IEnumerable<int> streams = keepOutput ? [Input] : [Input, Output, Error];
        HashSet<string?> targets = [.. streams.Select(Target)];
        targets.Remove(null);
        if (keepOutput)
        {
            targets.ExceptWith([Target(Output), Target(Error)]);
        }

        fixed (byte* path = "/dev/null\0"u8)
        {
            using FdHandle device = LibC.open(path, LibC.O_RDWR | LibC.O_CLOEXEC, 0);
            if (device.IsInvalid)
            {
                return;
            }

            foreach (int descriptor in streams.Concat(OpenDescriptors().Where(open => targets.Contains(Target(open)))))
            {
                _ = LibC.dup2(device.Number, descriptor);
            }
        }
    }

    // Such as pipe:[4711], /dev/pts/0 or the path of a file; null if the descriptor is closed.
    private static string? Target(int descriptor) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}")).LinkTarget;

    private static int[] OpenDescriptors() =>
        [.. Directory.GetFiles("/proc/self/fd").Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];

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
