using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor.Checks;

/// <summary>The processes named rtpproxy on this host.</summary>
internal static class ProcessChecks
{
    private const int DescriptorsPerSession = 4;
    private const int PortsPerSession = 4;
    private const double FullSoon = 0.8;

    public static IEnumerable<Finding> Descriptors(Examination host)
    {
        const string Check = "descriptors";
        if (host.Daemons.Count == 0)
        {
            yield return Finding.Note(Check, $"no process named {DaemonProcess.Name} is seen on this host: nothing is known of its descriptors and sockets");
        }

        foreach (DaemonProcess daemon in host.Daemons)
        {
            if (daemon is not { OpenFiles: { } used, OpenFilesLimit: { } limit })
            {
                yield return Finding.Unknown(Check, $"process {daemon.Pid}: its descriptors may not be read", "run doctor as root, or as its user");
                continue;
            }

            long sessions = limit / DescriptorsPerSession;
            long byPorts = daemon.MediaPorts.Count / PortsPerSession;
            if (used >= FullSoon * limit)
            {
                yield return Finding.Bad(
                    used >= limit - DescriptorsPerSession,
                    Check,
                    $"process {daemon.Pid}: {used} of {limit} descriptors are in use",
                    $"LimitNOFILE={4 * limit} in its unit, or -L {4 * limit}");
            }
            else if (sessions < byPorts)
            {
                yield return Finding.Note(
                    Check,
                    $"process {daemon.Pid}: {used} of {limit} descriptors are in use; {sessions} sessions fit, though the ports would do for {byPorts}",
                    $"LimitNOFILE={(byPorts * DescriptorsPerSession) + 1000} in its unit, or -L {(byPorts * DescriptorsPerSession) + 1000}");
            }
            else
            {
                yield return Finding.Fine(Check, $"process {daemon.Pid}: {used} of {limit} descriptors are in use; about {byPorts} sessions fit by its ports");
            }
        }
    }

    public static IEnumerable<Finding> SocketDrops(Examination host)
    {
        const string Check = "socket-drops";
        foreach (DaemonProcess daemon in host.Daemons)
        {
            if (daemon.Drops is not { } drops)
            {
                yield return Finding.Unknown(Check, $"process {daemon.Pid}: its sockets may not be read", "run doctor as root, or as its user");
                continue;
            }

            ulong growth = Examination.Difference(drops, host.DaemonsBefore.FirstOrDefault(other => other.Pid == daemon.Pid)?.Drops);
            yield return drops > 0
                ? Finding.Bad(
                    growth > 0,
                    Check,
                    $"process {daemon.Pid}: {host.Count(drops, growth)} packets found no room in its {daemon.UdpSockets} UDP sockets that are open now",
                    "its workers come too late: see worker-lag and processors; sysctl -w net.core.rmem_max=1048576 helps against short delays")
                : Finding.Fine(Check, $"process {daemon.Pid}: none of its {daemon.UdpSockets} UDP sockets dropped a packet");
        }
    }

    public static IEnumerable<Finding> PortRange(Examination host)
    {
        const string Check = "port-range";
        PortSpan? local = PortSpan.Parse(host.Files.Text("/proc/sys/net/ipv4/ip_local_port_range"));
        IReadOnlyList<PortSpan> reserved = PortSpan.ParseList(host.Files.Text("/proc/sys/net/ipv4/ip_local_reserved_ports"));
        if (local is not { } outgoing)
        {
            yield return Finding.Unknown(Check, $"ip_local_port_range may not be read");
            yield break;
        }

        foreach (PortSpan media in host.MediaPorts())
        {
            if (media.Common(outgoing) is { } common && !reserved.Any(span => span.Holds(common)))
            {
                yield return Finding.Warning(
                    Check,
                    $"media ports {media} overlap the ports {outgoing} that the system gives to other programs' outgoing connections ({common.Count} ports): it may take them from calls",
                    $"sysctl -w net.ipv4.ip_local_reserved_ports={common.Min}-{common.Max} (keep what is reserved already), or another range with -m and -M");
            }
            else
            {
                yield return Finding.Fine(Check, $"media ports {media} are no ports that the system gives to other programs; about {media.Count / PortsPerSession} sessions fit");
            }
        }

        foreach (DaemonProcess daemon in host.Daemons.Where(daemon => daemon.StrangePorts.Count > 0))
        {
            yield return Finding.Note(
                Check,
                $"process {daemon.Pid}: other programs have {daemon.StrangePorts.Count} of its media ports open, as {daemon.StrangePorts[0]}: calls get others",
                "give each rtpproxy and other program a range of its own (-m, -M)");
        }
    }

    /// <summary>Daemons that were left behind by an upgrade, and control sockets that nobody or the wrong one listens on.</summary>
    public static IEnumerable<Finding> OldDaemons(Examination host)
    {
        const string Check = "old-daemons";
        bool isAnything = false;
        foreach (DaemonProcess daemon in host.Daemons.Where(daemon => daemon.IsReplaced))
        {
            isAnything = true;
            yield return Finding.Note(
                Check,
                $"process {daemon.Pid} runs an executable that has been replaced since it was started; it has {daemon.UdpSockets} UDP sockets open",
                $"nothing if it drains; else start it anew, or let it drain with kill -HUP {daemon.Pid}");
        }

        foreach (IGrouping<string, (string Path, int Pid)> shared in host.Daemons
            .SelectMany(daemon => daemon.UnixSockets.Select(path => (Path: path, daemon.Pid)))
            .GroupBy(pair => pair.Path, StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
        {
            isAnything = true;
            yield return Finding.Warning(
                Check,
                $"processes {string.Join(" and ", shared.Select(pair => pair.Pid))} listen on {shared.Key}: only the one that came last is reached there",
                "end the older one: kill -HUP lets its calls finish");
        }

        if (!isAnything)
        {
            yield return host.Daemons.Count == 0
                ? Finding.Fine(Check, $"none is left behind")
                : Finding.Fine(Check, $"{host.Daemons.Count} {(host.Daemons.Count == 1 ? "process" : "processes")} named {DaemonProcess.Name}; none is left behind");
        }
    }
}
