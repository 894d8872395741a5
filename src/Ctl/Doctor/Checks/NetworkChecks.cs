using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor.Checks;

/// <summary>UDP and connection tracking of the host.</summary>
internal static class NetworkChecks
{
    private const long WantedReceiveBuffer = 262_144; // what rtpproxy asks for, for each media port
    private const double FullSoon = 0.8;
    private const double Full = 0.95;

    private static readonly (Func<UdpFaults, ulong> Counter, string What, string Change)[] Faults =
    [
        (faults => faults.ReceiveBufferErrors, "datagrams found the buffer of their socket full, in rtpproxy or another program",
            "see socket-drops and worker-lag; for other programs their own buffers"),
        (faults => faults.SendBufferErrors, "datagrams could not be sent because a buffer was full",
            "sysctl -w net.core.wmem_max=1048576 net.core.wmem_default=1048576"),
        (faults => faults.MemoryErrors, "datagrams found all memory of UDP in use",
            "sysctl -w net.ipv4.udp_mem=\"LOW PRESSURE HIGH\", in pages, larger than it is now"),
        (faults => faults.ChecksumErrors, "datagrams came damaged",
            "look at cables, cards and tunnels on the way"),
    ];

    public static IEnumerable<Finding> Udp(Examination host)
    {
        const string Check = "udp-errors";
        if (host.Now.Udp is not { } udp)
        {
            yield return Finding.Unknown(Check, $"/proc/net/snmp may not be read");
            yield break;
        }

        bool isAnything = false;
        foreach ((Func<UdpFaults, ulong> counter, string what, string change) in Faults)
        {
            if (counter(udp) is > 0 and var count)
            {
                isAnything = true;
                ulong growth = host.Growth(sample => sample.Udp is { } faults ? counter(faults) : null);
                yield return growth > 0
                    ? Finding.Bad(!(counter == Faults[0].Counter && IsOthers(host)), Check, $"{host.Count(count, growth)} {what}", change)
                    : Finding.Note(Check, $"{count} {what}, since boot; none in the last {host.Elapsed.TotalSeconds:0.0} s", change);
            }
        }

        if (!isAnything)
        {
            yield return Finding.Fine(Check, $"{udp.Received} datagrams received since boot, none lost on this host");
        }
    }

    public static IEnumerable<Finding> Buffers(Examination host)
    {
        const string Check = "socket-buffers";
        yield return host.Files.Number("/proc/sys/net/core/rmem_max") switch
        {
            null => Finding.Unknown(Check, $"net.core.rmem_max may not be read"),
            < WantedReceiveBuffer and var most => Finding.Note(
                Check,
                $"net.core.rmem_max is {most}: less than the {WantedReceiveBuffer} bytes that rtpproxy asks for, for each media port",
                "sysctl -w net.core.rmem_max=1048576, before calls are set up"),
            { } most => Finding.Fine(Check, $"net.core.rmem_max is {most}: media ports get the {WantedReceiveBuffer} bytes that they ask for"),
        };
    }

    public static IEnumerable<Finding> Backlog(Examination host)
    {
        const string Check = "backlog";
        if (host.Now.Backlog is not { } backlog)
        {
            yield return Finding.Unknown(Check, $"/proc/net/softnet_stat may not be read");
            yield break;
        }

        ulong growth = host.Growth(sample => sample.Backlog?.Dropped);
        ulong squeezed = host.Growth(sample => sample.Backlog?.Squeezed);
        if (backlog.Dropped > 0)
        {
            yield return Finding.Bad(
                growth > 0,
                Check,
                $"{host.Count(backlog.Dropped, growth)} packets of {backlog.Processed} found the queue between card and kernel full",
                "sysctl -w net.core.netdev_max_backlog=10000, and spread interrupts over the processors (RSS, RPS)");
        }

        if (squeezed > 0)
        {
            yield return Finding.Note(
                Check, $"{host.Count(backlog.Squeezed, squeezed)} times packets were left for later because there were too many", "sysctl -w net.core.netdev_budget=600");
        }

        if (backlog.Dropped == 0 && squeezed == 0)
        {
            yield return Finding.Fine(Check, $"{backlog.Processed} packets came from the cards since boot, none was dropped on the way");
        }
    }

    public static IEnumerable<Finding> Conntrack(Examination host)
    {
        const string Check = "conntrack";
        if (host.Now.Conntrack is not { } table)
        {
            yield return Finding.Fine(Check, $"connections are not tracked, or that is not told");
            yield break;
        }

        string ports = host.MediaPorts() is [var first, ..] ? FormattableString.Invariant($"{first.Min}-{first.Max}") : "MIN-MAX";
        string change = FormattableString.Invariant($"sysctl -w net.netfilter.nf_conntrack_max={Math.Max(4 * table.Limit, 262_144)}, or do not track media: nft add rule raw prerouting udp dport {ports} notrack, and the same for sport in output");
        double share = table.Limit > 0 ? (double)table.Count / table.Limit : 0;
        FormattableString fill = $"{table.Count} of {table.Limit} connections are tracked ({100 * share:0} %)";
        yield return share >= FullSoon ? Finding.Bad(share >= Full, Check, fill, change) : Finding.Fine(Check, fill);
        ulong growth = host.Growth(sample => sample.Conntrack?.Dropped);
        if (growth > 0)
        {
            yield return Finding.Fault(Check, $"{host.Count(table.Dropped ?? 0, growth)} packets were thrown away by connection tracking", change);
        }
        else if (table.Dropped > 0)
        {
            yield return Finding.Note(Check, $"{table.Dropped} packets were thrown away by connection tracking since boot", change);
        }
    }

    /// <summary>Our daemons are seen, and none of their sockets dropped a packet meanwhile: whatever it was, it costs others.</summary>
    private static bool IsOthers(Examination host) =>
        host.Daemons.Count > 0
        && host.Daemons.All(daemon => daemon.Drops is { } drops
            && Examination.Difference(drops, host.DaemonsBefore.FirstOrDefault(other => other.Pid == daemon.Pid)?.Drops) == 0);
}
