using System.Globalization;
using RtpProxy.Admin;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Hosting.Admin;

/// <summary>
/// Reads how the process and its host fare, whoever asks; anew at most once in a second, and so seldom that it takes a hundredth of
/// a processor at most: with twenty thousand sockets a reading takes half a second.
/// </summary>
/// <remarks>Thread-safe. Takes its time: not on a worker's thread.</remarks>
internal sealed class HostReading(PortRange ports, DescriptorLimit descriptors, int addresses)
{
    private const int PairsPerSession = 2;
    private const int TimesRest = 100; // as long as the last reading took, the next one waits

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    private readonly HostFiles _files = new();
    private readonly Lock _lock = new();
    private HostFigures? _figures;
    private long _dueAt;

    public HostFigures Read()
    {
        lock (_lock)
        {
            long begun = Environment.TickCount64;
            if (_figures is null || begun >= _dueAt)
            {
                _figures = Make();
                long ended = Environment.TickCount64;
                _dueAt = ended + Math.Max((long)LeastPause.TotalMilliseconds, (ended - begun) * TimesRest);
            }

            return _figures;
        }
    }

    private HostFigures Make()
    {
        PortSpan? outgoing = PortSpan.Parse(_files.Text("/proc/sys/net/ipv4/ip_local_port_range"));
        UdpFaults? faults = Sum(
            UdpFaults.ParseSnmp(_files.Text("/proc/net/snmp")), UdpFaults.ParseSnmp6(_files.Text("/proc/net/snmp6")));
        ConntrackFigures? conntrack = ConntrackFigures.Read(_files);
        return new HostFigures
        {
            Processors = Environment.ProcessorCount,
            ProcessCpuSeconds = Rounding.Seconds(Environment.CpuUsage.TotalTime),
            ResidentBytes = Environment.WorkingSet,
            DescriptorsUsed = ProcessFigures.OpenFiles(_files, Environment.ProcessId) ?? 0,
            DescriptorsLimit = descriptors.Soft,
            PortMin = ports.Lowest,
            PortMax = ports.Highest + 1,
            SessionsThatFit = Math.Min(descriptors.SessionsThatFit, ports.PairCount * addresses / PairsPerSession),
            LocalPortMin = outgoing?.Min,
            LocalPortMax = outgoing?.Max,
            UdpReceiveErrors = faults?.ReceiveErrors,
            UdpReceiveBufferErrors = faults?.ReceiveBufferErrors,
            UdpSendBufferErrors = faults?.SendBufferErrors,
            SocketDrops = DropsAtMediaSockets(),
            ConntrackCount = conntrack?.Count,
            ConntrackLimit = conntrack?.Limit,
            Steal = Rounding.Rate(ProcessorTimes.Parse(_files.Text("/proc/stat"))?.Steal),
            ClockSource = _files.Text("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
            LoadAverage = LoadAverage(),
        };
    }

    private static UdpFaults? Sum(UdpFaults? one, UdpFaults? other) =>
        one is { } first && other is { } second ? UdpFaults.Sum(first, second) : one ?? other;

    // Sockets of others in our range of ports are none that we need to tell apart: nobody else should have any there.
    private ulong DropsAtMediaSockets() => ((string[])["/proc/net/udp", "/proc/net/udp6"])
        .SelectMany(_files.Lines)
        .Select(UdpSocketRow.Parse)
        .Where(row => row?.Port >= ports.Lowest && row?.Port <= ports.Highest + 1)
        .Aggregate(0UL, (sum, row) => sum + row!.Value.Drops);

    private double? LoadAverage() =>
        double.TryParse(_files.Text("/proc/loadavg")?.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double load)
            ? load
            : null;
}
