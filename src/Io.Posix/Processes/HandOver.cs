using System.Globalization;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>
/// The background process's end of the pipe on which its parent waits: <see cref="Release"/> lets the parent end with
/// success; ending without it lets the parent end with failure.
/// </summary>
/// <remarks>Owned by one thread.</remarks>
public sealed unsafe class HandOver : IDisposable
{
    /// <summary>Holds the number of the descriptor.</summary>
    internal const string Variable = "RTPPROXY_HANDOVER_FD";

    private readonly FdHandle _pipe;

    private HandOver(FdHandle pipe) => _pipe = pipe;

    /// <summary>The pipe that this process was started with; null if it was not started by <see cref="BackgroundLaunch"/>.</summary>
    public static HandOver? Inherit()
    {
        string? number = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor)
            || LibC.fcntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC) != 0)
        {
            return null;
        }

        AdoptSystemdSockets();
        return new(FdHandle.Own(descriptor));
    }

    /// <summary>Leaves the parent's session and terminal.</summary>
    public static void Detach() => _ = LibC.setsid();

    /// <summary>For an exec: the program that comes inherits it as this one did.</summary>
    public void LetThrough() => _ = LibC.fcntl(_pipe.Number, LibC.F_SETFD, 0);

    /// <summary>Start-up is complete.</summary>
    public void Release()
    {
        byte success = 1;
        _ = LibC.write(_pipe.Number, &success, 1);
        _pipe.Dispose();
    }

    public void Dispose() => _pipe.Dispose();

    // sd_listen_fds(3): sockets are announced by pid. Those announced to the parent were passed on to us with its place.
    internal static void AdoptSystemdSockets()
    {
        const string Owner = "LISTEN_PID";
        if (Environment.GetEnvironmentVariable(Owner) == LibC.getppid().ToString(CultureInfo.InvariantCulture))
        {
            Environment.SetEnvironmentVariable(Owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
    }
}
