using System.Globalization;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor.Checks;

/// <summary>Processors and the clock of the host.</summary>
internal static class ProcessorChecks
{
    private const double MuchSteal = 0.02;
    private const double TooMuchSteal = 0.1;
    private const double Busy = 0.9;

    // A call into the device or the hypervisor for every reading, and a relay reads the clock for every batch of packets.
    private static readonly string[] SlowClocks = ["acpi_pm", "hpet", "jiffies", "pit", "refined-jiffies", "xen"];

    public static IEnumerable<Finding> Processors(Examination host)
    {
        const string Check = "processors";
        if (host.Now.Processors is not { } now)
        {
            yield return Finding.Unknown(Check, $"/proc/stat may not be read");
            yield break;
        }

        ProcessorTimes lately = host.Before.Processors is { } before && host.Elapsed > TimeSpan.Zero ? now.Since(before) : now;
        string span = host.Elapsed > TimeSpan.Zero ? FormattableString.Invariant($"in the last {host.Elapsed.TotalSeconds:0.0} s") : "since boot";
        double busy = lately.Total == 0 ? 0 : 1 - ((double)lately.Idle / lately.Total);
        string load = host.Files.Text("/proc/loadavg")?.Split(' ')[0] ?? "unknown";
        FormattableString text = $"{now.Processors} processors, {100 * busy:0} % busy {span}, load {load}";
        yield return busy >= Busy
            ? Finding.Warning(Check, text, "fewer programs beside the relay, or more processors: packets wait while it waits for its turn")
            : Finding.Fine(Check, text);
        double steal = Math.Max(lately.Steal, 0);
        FormattableString stolen = $"the hypervisor took {100 * steal:0.0} % of the processors' time {span}, {100 * now.Steal:0.0} % since boot";
        yield return steal >= MuchSteal || now.Steal >= MuchSteal
            ? Finding.Bad(steal >= TooMuchSteal, "steal", stolen, "a host that is less shared: dedicated or pinned processors, an instance type without burst credits")
            : Finding.Fine("steal", stolen);
    }

    public static IEnumerable<Finding> Clock(Examination host)
    {
        const string Check = "clock";
        const string Directory = "/sys/devices/system/clocksource/clocksource0/";
        if (host.Files.Text(Directory + "current_clocksource") is not { } clock)
        {
            yield return Finding.Unknown(Check, $"the clock source may not be read");
            yield break;
        }

        string[] others = host.Files.Text(Directory + "available_clocksource")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        string? better = others.FirstOrDefault(other => !SlowClocks.Contains(other));
        yield return !SlowClocks.Contains(clock)
            ? Finding.Fine(Check, $"the clock source is {clock}")
            : Finding.Warning(
                Check,
                $"the clock source is {clock}: reading the time is slow",
                better is null
                    ? "none better is offered here; newer hypervisors and kernels offer tsc or kvm-clock"
                    : string.Create(CultureInfo.InvariantCulture, $"echo {better} > {Directory}current_clocksource, and clocksource={better} on the kernel's command line"));
    }
}
