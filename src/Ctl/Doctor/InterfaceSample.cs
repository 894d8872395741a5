using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor;

/// <summary>A network interface.</summary>
/// <param name="Mtu">Bytes; null if it is not told.</param>
/// <param name="IsUp">It may carry packets.</param>
/// <param name="Dropped">Received packets that the system or the card threw away.</param>
/// <param name="Driver">Counters of the driver by its own names; null if it tells none.</param>
/// <param name="DriverReason">Why it tells none.</param>
internal sealed record InterfaceSample(
    long? Mtu, bool IsUp, ulong Dropped, IReadOnlyDictionary<string, ulong>? Driver, string DriverReason)
{
    private static readonly string[] DropCounters = ["rx_dropped", "rx_missed_errors", "rx_fifo_errors", "rx_over_errors"];

    public static InterfaceSample Take(HostFiles files, string name)
    {
        string directory = $"/sys/class/net/{name}";
        string reason = "files of another machine hold none";
        IReadOnlyDictionary<string, ulong>? driver = files.IsThisHost ? DriverStatistics.Read(name, out reason) : null;
        return new InterfaceSample(
            files.Number($"{directory}/mtu"),
            files.Text($"{directory}/operstate") is "up" or "unknown",
            DropCounters.Aggregate(0ul, (sum, counter) => sum + (ulong)Math.Max(0, files.Number($"{directory}/statistics/{counter}") ?? 0)),
            driver,
            reason);
    }
}
