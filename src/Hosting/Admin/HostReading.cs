using System.Globalization;
using RtpProxy.Admin;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Hosting.Admin;

/// <summary>Reads how the process and its host fare; anew at most once in a second, whoever asks.</summary>
/// <remarks>Thread-safe. May take some milliseconds: not on a worker's thread.</remarks>
internal sealed class HostReading(PortRange ports, DescriptorLimit descriptors, int addresses)
{
    private const int PairsPerSession = 2;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly HostFiles _files = new();
    private readonly Lock _lock = new();
    private HostFigures? _figures;
    private long _readAt;

    public HostFigures Read()
    {
        lock (_lock)
        {
            if (_figures is null || Environment.TickCount64 - _readAt > MaxAge.TotalMilliseconds)
            {
                _figures = Make();
                _readAt = Environment.TickCount64;
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
