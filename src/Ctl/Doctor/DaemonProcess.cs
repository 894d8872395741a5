using System.Globalization;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor;

/// <summary>An rtpproxy that runs on this host, as the system sees it: ours or the original. Absent is what may not be read.</summary>
/// <param name="IsReplaced">The executable that it runs has another file in its place by now.</param>
/// <param name="MediaPorts">By its options.</param>
/// <param name="Drops">Datagrams thrown away because a socket of it had no room.</param>
/// <param name="UdpSockets">How many it has.</param>
/// <param name="StrangePorts">Ports of its range that other programs have open.</param>
/// <param name="UnixSockets">Paths on which it listens.</param>
internal sealed record DaemonProcess(
    int Pid,
    bool IsReplaced,
    int? OpenFiles,
    long? OpenFilesLimit,
    PortSpan MediaPorts,
    ulong? Drops,
    int UdpSockets,
    IReadOnlyList<int> StrangePorts,
    IReadOnlyList<string> UnixSockets)
{
    public const string Name = "rtpproxy";

    private static readonly PortSpan DefaultPorts = new(35_000, 65_000);

    /// <summary>Those that relay: a keeper, which holds copies of the sockets of the one that it started, is none.</summary>
    public static IReadOnlyList<DaemonProcess> FindAll(HostFiles files)
    {
        IReadOnlyList<int> pids = ProcessFigures.Named(files, Name);
        HashSet<int?> parents = [.. pids.Select(pid => ProcessFigures.Parent(files, pid))];
        return [.. pids.Where(pid => !parents.Contains(pid)).Select(pid => Read(files, pid))];
    }

    private static DaemonProcess Read(HostFiles files, int pid)
    {
        // Through the process, whose network may be another namespace than ours.
        IReadOnlySet<ulong>? own = ProcessFigures.Sockets(files, pid);
        UdpSocketRow[] rows =
            [.. files.Lines(ProcessFigures.PathOf(pid, "net/udp")).Concat(files.Lines(ProcessFigures.PathOf(pid, "net/udp6")))
                .Select(UdpSocketRow.Parse).OfType<UdpSocketRow>()];
        PortSpan ports = PortsOf(ProcessFigures.CommandLine(files, pid));
        return new DaemonProcess(
            pid,
            files.LinkTarget(ProcessFigures.PathOf(pid, "exe"))?.EndsWith(" (deleted)", StringComparison.Ordinal) == true,
            ProcessFigures.OpenFiles(files, pid),
            ProcessFigures.OpenFilesLimit(files, pid),
            ports,
            own is null ? null : rows.Where(row => own.Contains(row.Inode)).Aggregate(0ul, (sum, row) => sum + row.Drops),
            own is null ? 0 : rows.Count(row => own.Contains(row.Inode)),
            own is null
                ? []
                : [.. rows.Where(row => !own.Contains(row.Inode) && row.Port >= ports.Min && row.Port <= ports.Max)
                    .Select(row => row.Port).Distinct().Order()],
            own is null
                ? []
                : [.. files.Lines(ProcessFigures.PathOf(pid, "net/unix")).Select(UnixSocketRow.Parse).OfType<UnixSocketRow>()
                    .Where(row => row.Listens && own.Contains(row.Inode)).Select(row => row.Path).Distinct()]);
    }

    /// <summary>Options <c>-m</c> and <c>-M</c>, with their value behind them or as the next word.</summary>
    public static PortSpan PortsOf(IReadOnlyList<string> commandLine)
    {
        PortSpan ports = DefaultPorts;
        for (int i = 1; i < commandLine.Count; i++)
        {
            string word = commandLine[i];
            if (word is ['-', 'm' or 'M', ..]
                && int.TryParse(word.Length > 2 ? word[2..] : commandLine.ElementAtOrDefault(i + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                && port is > 0 and <= 65_535)
            {
                ports = word[1] == 'm' ? ports with { Min = port } : ports with { Max = port };
            }
        }

        return ports;
    }
}
