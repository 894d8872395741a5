using System.Net;
using RtpProxy.Hosting;

namespace RtpProxy.Daemon.Options;

/// <summary>The checks that need all options together, and the values derived from them (control protocol, section 10.2).</summary>
internal static class OptionChecks
{
    private const string DefaultControlSocket = "unix:/var/run/rtpproxy.sock";

    /// <summary>Fills in defaults and adjusts the ports.</summary>
    /// <param name="isSuperuser">The process runs with user id 0.</param>
    /// <param name="complete">The options to run with; meaningful only without a fault.</param>
    /// <param name="warning">A line for the log; null if there is nothing to warn of.</param>
    public static StartFault? Complete(
        DaemonOptions options, bool isSuperuser, out DaemonOptions complete, out string? warning)
    {
        warning = null;
        complete = options with
        {
            ControlSockets = options.ControlSockets.IsEmpty
                ? [ControlSocketText.Parse(DefaultControlSocket)]
                : options.ControlSockets,
            PortMin = options.PortMin + (options.PortMin % 2),
            PortMax = HighestPair(options.PortMax),
            Workers = options.Workers ?? Environment.ProcessorCount,
        };

        return CheckSwitches(complete)
            ?? CheckSuperuser(complete, isSuperuser, out warning)
            ?? (complete.PortMin > complete.PortMax ? StartFault.Of("port_min should be less than port_max") : null);
    }

    // The highest even port that leaves room for its odd partner below the limit.
    private static int HighestPair(int portMax) => portMax % 2 == 0 ? portMax - 2 : portMax - 1;

    private static StartFault? CheckSwitches(DaemonOptions options)
    {
        if (options.SpoolDirectory is not null && options.RecordingDirectory is null)
        {
            return StartFault.Of("-S switch requires -r switch");
        }

        if (options.Watcher is { Http: null } and ({ TokenFile: not null } or { HostNames.IsEmpty: false }))
        {
            return StartFault.Of("--http-token and --http-host require --http");
        }

        if (options.Watcher is { Http: { } http, TokenFile: null } && !IPAddress.IsLoopback(http.Address))
        {
            return StartFault.Of($"--http {http} can be reached from other hosts, which requires --http-token");
        }

        if (options.IsKept && options.ControlSockets.Any(socket => socket.IsStdio))
        {
            return StartFault.Of("--keep and a control socket stdio: exclude each other: the one at its other end sees each relay end");
        }

        return !options.Foreground && options.ControlSockets.Any(socket => socket.IsStdio)
            ? StartFault.Of("stdio command mode requires -f switch")
            : null;
    }

    private static StartFault? CheckSuperuser(DaemonOptions options, bool isSuperuser, out string? warning)
    {
        warning = null;
        if (!isSuperuser || options.AllowSuperuser || options.RunAs?.UserId is not null)
        {
            return null;
        }

        if (options.ControlSockets.Any(socket => socket.IsDatagram))
        {
            return StartFault.Of(
                "running this program as superuser in a remote control mode is strongly not recommended, "
                + "as anyone who can reach its control port would command a superuser's program. "
                + "Use -u to run as an unprivileged user, or -F to run as superuser anyway.");
        }

        warning = "WARNING!!! Running this program as superuser in a local control mode is not recommended, "
            + "as it may pose a security threat to your system. "
            + "Use -u to run as an unprivileged user, or -F to run as superuser anyway.";
        return null;
    }
}
