using System.Globalization;

namespace RtpProxy.Load;

/// <summary>Compares calls with and without recording, and played with relayed streams, taking turns.</summary>
internal sealed class MediaBench(string program, string directory, TimeSpan time, int rounds)
{
    /// <summary>The same calls twice in each round; the second time everything both parties say is recorded.</summary>
    public void CompareRecording(int calls, bool pcap)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{calls} calls of 50 packets/s each way, relayed, and relayed with both parties recorded ({(pcap ? "pcap" : "ad-hoc")}):"));
        List<Measurement> plain = [];
        List<Measurement> recorded = [];
        List<long> missing = [];
        for (int round = 0; round < rounds; round++)
        {
            using (var load = new LoadRun())
            using (var relay = new OurRelay(program))
            {
                plain.Add(load.Measure(relay, calls, time));
            }

            using (var load = new LoadRun())
            using (var relay = new RecordingRelay(program, directory, pcap))
            {
                recorded.Add(load.Measure(relay, calls, time));
                missing.Add(load.Received - relay.EndRecordings());
            }
        }

        Console.WriteLine();
        Console.WriteLine("| | µs CPU per packet | loss % | delay p50 / p99 / p99.9 ms | packets relayed and not on disk |");
        Console.WriteLine("|---|---|---|---|---|");
        PrintRecording("relayed", plain, "–");
        PrintRecording("relayed and recorded", recorded, string.Join(", ", missing));
        Console.WriteLine();
    }

    /// <summary>As many streams relayed as played, one after the other in each round.</summary>
    public void ComparePlaying(int streams)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{streams} streams of 50 packets/s, relayed (half as many calls) and played from one prompt:"));
        List<Measurement> relayed = [];
        List<PlayMeasurement> played = [];
        for (int round = 0; round < rounds; round++)
        {
            using (var load = new LoadRun())
            using (var relay = new OurRelay(program))
            {
                relayed.Add(load.Measure(relay, (streams + 1) / 2, time));
            }

            using (var run = new PlayRun(directory))
            using (var relay = new OurRelay(program))
            {
                played.Add(run.Measure(relay, streams, time));
            }
        }

        Console.WriteLine();
        Console.WriteLine("| | µs CPU per packet | CPU of one processor % | loss % | distance from 20 ms between packets p50 / p99 / p99.9 ms |");
        Console.WriteLine("|---|---|---|---|---|");
        double microseconds = Median(relayed, m => m.MicrosecondsPerPacket);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| relayed | {microseconds:F2} | {microseconds * streams * 50 / 10_000:F1} | {Median(relayed, m => m.LossPercent):F3} | – |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| played | {Median(played, m => m.MicrosecondsPerPacket):F2} | {Median(played, m => m.ProcessorPercent):F1} "
            + $"| {Median(played, m => m.LossPercent):F3} "
            + $"| {Median(played, m => m.P50Milliseconds):F2} / {Median(played, m => m.P99Milliseconds):F2} / {Median(played, m => m.P999Milliseconds):F2} |"));
        Console.WriteLine();
    }

    private static void PrintRecording(string name, List<Measurement> measurements, string missing) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Median(measurements, m => m.MicrosecondsPerPacket):F2} | {Median(measurements, m => m.LossPercent):F3} "
            + $"| {Median(measurements, m => m.P50Milliseconds):F2} / {Median(measurements, m => m.P99Milliseconds):F2} / {Median(measurements, m => m.P999Milliseconds):F2} "
            + $"| {missing} |"));

    private static double Median<T>(List<T> measurements, Func<T, double> figure)
    {
        double[] values = [.. measurements.Select(figure).Order()];
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }
}
