using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Host;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Load;

/// <summary>
/// Looks once a second how busy the machine is, and lets no call begin while that is more than permitted (ng protocol;
/// control protocol, section 8.1). What cannot be measured limits nothing.
/// </summary>
/// <remarks>One thread at a time; not a worker's, since files are read.</remarks>
/// <param name="byteRate">Bytes of media received in the last second.</param>
internal sealed class LoadWatch(LoadLimits limits, HostFiles files, Func<long> byteRate, ILogger logger)
{
    private const double PercentOfOne = 100;

    private ProcessorTimes? _before;
    private Refusal _last;

    /// <returns>Why no call begins; <see cref="Refusal.None"/> if one may.</returns>
    public Refusal Look()
    {
        if (!limits.IsAny)
        {
            return Refusal.None;
        }

        Refusal now = Judge(out double measured, out double limit, out string option);
        if (now != _last)
        {
            if (now == Refusal.None)
            {
                Log.LoadIsBack(logger);
            }
            else
            {
                Log.LoadIsTooHigh(logger, option, measured, limit);
            }
        }

        return _last = now;
    }

    private Refusal Judge(out double measured, out double limit, out string option)
    {
        double? cpu = limits.CpuPercent is null ? null : Cpu(); // also where another limit is reached: it is of the last second
        if (IsAbove(limits.Average, limits.Average is null ? null : Average(), out measured, out limit))
        {
            option = "max-load";
            return Refusal.TooMuchLoad;
        }

        if (IsAbove(limits.CpuPercent, cpu, out measured, out limit))
        {
            option = "max-cpu";
            return Refusal.TooMuchCpu;
        }

        option = "max-bandwidth";
        return IsAbove(limits.BytesPerSecond, limits.BytesPerSecond is null ? null : byteRate(), out measured, out limit)
            ? Refusal.TooMuchBandwidth
            : Refusal.None;
    }

    private static bool IsAbove(double? limit, double? measured, out double value, out double most)
    {
        (value, most) = (measured ?? 0, limit ?? 0);
        return limit is not null && measured > limit;
    }

    private double? Average() =>
        double.TryParse(files.Text("/proc/loadavg")?.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double load)
            ? load
            : null;

    /// <summary>Null for the first time, and where the system does not tell.</summary>
    private double? Cpu()
    {
        ProcessorTimes? now = ProcessorTimes.Parse(files.Text("/proc/stat"));
        ProcessorTimes? since = _before is { } before ? now?.Since(before) : null;
        _before = now;
        return since is { Total: > 0 } second ? PercentOfOne * (second.Total - second.Idle) / second.Total : null;
    }
}
