using RtpProxy.Admin;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix;

namespace RtpProxy.Hosting.Admin;

/// <summary>Reads how the process and its host fare; anew at most once in a second, whoever asks.</summary>
/// <remarks>Thread-safe. May take some milliseconds: not on a worker's thread.</remarks>
internal sealed class HostReading(PortRange ports, DescriptorLimit descriptors, int addresses)
{
    private const int PairsPerSession = 2;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

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

    private HostFigures Make() => new()
    {
        Processors = Environment.ProcessorCount,
        ProcessCpuSeconds = Rounding.Seconds(Environment.CpuUsage.TotalTime),
        ResidentBytes = Environment.WorkingSet,
        DescriptorsUsed = Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(),
        DescriptorsLimit = descriptors.Soft,
        PortMin = ports.Lowest,
        PortMax = ports.Highest + 1,
        SessionsThatFit = Math.Min(descriptors.SessionsThatFit, ports.PairCount * addresses / PairsPerSession),
    };
}
