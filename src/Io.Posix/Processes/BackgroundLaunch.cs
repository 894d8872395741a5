using System.Globalization;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>
/// Runs this program again as a background process, and waits until it is up. A process with the runtime's threads
/// cannot fork, so the program is started anew with the same arguments and finds a pipe (<see cref="HandOver"/>).
/// </summary>
public static unsafe class BackgroundLaunch
{
    /// <summary>Starts the program again and waits until it is fully up or has failed.</summary>
    /// <param name="failure">Why it could not be started at all; null if it was. Its own complaints it prints itself.</param>
    /// <returns>True if it is up and goes on by itself.</returns>
    public static bool Run(out string? failure)
    {
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) != 0)
        {
            failure = $"pipe: {LibC.Describe(LibC.LastErrno)}";
            return false;
        }

        using FdHandle reader = FdHandle.Own(ends[0]);
        int child;
        using (FdHandle writer = FdHandle.Own(ends[1]))
        {
            _ = LibC.fcntl(writer.Number, LibC.F_SETFD, 0);
            int error = Spawn(writer.Number, &child);
            if (error != 0)
            {
                failure = $"{Environment.ProcessPath}: {LibC.Describe((Errno)error)}";
                return false;
            }
        }

        failure = null;
        if (ReadSuccess(reader))
        {
            return true;
        }

        int status;
        _ = LibC.waitpid(child, &status, 0);
        return false;
    }

    private static int Spawn(int pipe, int* child)
    {
        List<byte[]> environment = OwnProgram.EnvironmentWith(
            HandOver.Variable, pipe.ToString(CultureInfo.InvariantCulture), without: []);
        using NativeStrings strings = new();
        return LibC.posix_spawn(
            child,
            strings.Add(Environment.ProcessPath ?? "/proc/self/exe"),
            null,
            null,
            strings.AddVector(OwnProgram.Arguments()),
            strings.AddVector(environment));
    }

    private static bool ReadSuccess(FdHandle reader)
    {
        byte success;
        nint count;
        do
        {
            count = LibC.read(reader.Number, &success, 1);
        }
        while (count < 0 && LibC.LastErrno == Errno.EINTR);
        return count == 1;
    }
}
