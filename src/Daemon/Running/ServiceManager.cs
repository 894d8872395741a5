using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Daemon.Running;

/// <summary>Tells systemd how far we are: sd_notify(3), over the datagram socket named by <c>NOTIFY_SOCKET</c>.</summary>
/// <param name="socketPath">A path, or <c>@name</c> for an abstract address; null or empty if nobody wants to know.</param>
internal sealed class ServiceManager(string? socketPath, ILogger logger)
{
    /// <summary>The name of the variable that holds the socket's path.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    /// <summary>
    /// How often to say <see cref="TellAlive"/>: three times in the time after which the manager ends a silent process
    /// (sd_watchdog_enabled(3)). Null if it does not wait for that, or not for this process.
    /// </summary>
    public static TimeSpan? WatchdogPeriod(Func<string, string?> environment, int processId)
    {
        string? watched = environment("WATCHDOG_PID");
        return long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long limit)
            && limit is > 2 and < int.MaxValue * 1_000L
            && (string.IsNullOrEmpty(watched) || watched == processId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(limit / 3)
            : null;
    }

    /// <summary>Start-up is complete. The pid is told because in the background it is not that of the process started.</summary>
    /// <param name="status">What there is to say.</param>
    public void TellReady(string status = "Relaying") => Tell($"READY=1\nMAINPID={Environment.ProcessId}\nSTATUS={status}\n");

    /// <summary>No new sessions are taken.</summary>
    public void TellLeaving() => Tell("STATUS=Waiting for the last session to end\n");

    /// <summary>Another version is about to take over; <see cref="TellReady"/> says how it is afterwards.</summary>
    public void TellReloading() => Tell(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"RELOADING=1\nMONOTONIC_USEC={MonotonicMicroseconds()}\nSTATUS=Upgrading\n"));

    public void TellStatus(string status) => Tell($"STATUS={status}\n");

    public void TellAlive() => Tell("WATCHDOG=1\n");

    public void TellStopping() => Tell("STOPPING=1\n");

    // CLOCK_MONOTONIC, which is what the manager compares with.
    private static long MonotonicMicroseconds() => (long)System.Diagnostics.Stopwatch.GetElapsedTime(0).TotalMicroseconds;

    private void Tell(string state)
    {
        if (string.IsNullOrEmpty(socketPath))
        {
            return;
        }

        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            string address = socketPath[0] == '@' ? "\0" + socketPath[1..] : socketPath;
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(address));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            Log.ServiceManagerNotTold(logger, state, e.Message);
        }
    }
}
