using System.Globalization;

namespace RtpProxy.Load;

/// <summary>Medians over the rounds, and each relay's cost against that of one of them in the same round.</summary>
/// <param name="floor">The name of that one.</param>
internal sealed class Comparison(string floor = "bare loop")
{
    private readonly List<Measurement> _all = [];

    public void Add(Measurement measurement)
    {
        _all.Add(measurement);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {measurement.Relay,-10} {measurement.MicrosecondsPerPacket,6:F2} µs/packet, loss {measurement.LossPercent:F3} %"));
    }

    public void Print(int sessions, int calls, int seconds, int rounds)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sessions} sessions of 50 packets/s each way, 172 bytes, loopback, {calls} calls/s set up and ended beside them; medians of {rounds} rounds of {seconds} s"));
        Console.WriteLine();
        Console.WriteLine($"| relay | µs CPU per packet | against {floor} | loss % | delay p50 / p99 / p99.9 ms | KB per session |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (IGrouping<string, Measurement> relay in _all.GroupBy(m => m.Relay))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {relay.Key} | {Median(relay, m => m.MicrosecondsPerPacket):F2} | {Ratio(relay):F2} "
                + $"| {Median(relay, m => m.LossPercent):F3} "
                + $"| {Median(relay, m => m.P50Milliseconds):F2} / {Median(relay, m => m.P99Milliseconds):F2} / {Median(relay, m => m.P999Milliseconds):F2} "
                + $"| {Median(relay, m => m.KilobytesPerSession):F1} |"));
        }
    }

    /// <summary>Round by round, since the machine's speed drifts.</summary>
    private double Ratio(IEnumerable<Measurement> relay)
    {
        List<Measurement> lowest = [.. _all.Where(m => m.Relay == floor)];
        double[] ratios = [.. relay.Zip(lowest, (r, f) => r.MicrosecondsPerPacket / f.MicrosecondsPerPacket).Order()];
        return ratios.Length == 0 ? double.NaN : ratios[ratios.Length / 2];
    }

    private static double Median(IEnumerable<Measurement> measurements, Func<Measurement, double> figure)
    {
        double[] values = [.. measurements.Select(figure).Order()];
        return values[values.Length / 2];
    }
}
