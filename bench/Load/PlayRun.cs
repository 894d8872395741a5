using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Load;

/// <summary>Has one prompt played to many listeners, who share a socket, and looks at the distance of the packets.</summary>
internal sealed class PlayRun : IDisposable
{
    private const int PacketMilliseconds = 20;
    private const int PromptSeconds = 10;
    private const int BytesPerSecond = 8000; // PCMU

    private readonly Socket _listener = LoadSocket.Open();
    private readonly DatagramBatch _received;
    private readonly string _prompt;

    public PlayRun(string directory)
    {
        _received = new DatagramBatch(_listener);
        _received.WantArrivalTimes();
        _prompt = Path.GetFullPath(Path.Combine(directory, $"prompt-{Environment.ProcessId}"));
        File.WriteAllBytes(_prompt + ".0", new byte[PromptSeconds * BytesPerSecond]);
    }

    public PlayMeasurement Measure(OurRelay relay, int players, TimeSpan time)
    {
        // The callee's z gives the packets of the prompt their duration; it never says a word.
        int port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        for (int i = 0; i < players; i++)
        {
            relay.Port($"Uc0 bench{i} 127.0.0.1 {port} caller");
            relay.Port($"Lz{PacketMilliseconds} bench{i} 127.0.0.1 9 caller callee");
        }

        for (int i = 0; i < players; i++)
        {
            relay.Do(string.Create(CultureInfo.InvariantCulture, $"P-1 bench{i} {_prompt} session caller callee"));
        }

        Listen(LoadRun.WarmUp, new StreamWatch(TimeSpan.FromMilliseconds(PacketMilliseconds)));
        var watch = new StreamWatch(TimeSpan.FromMilliseconds(PacketMilliseconds));
        long cpuBefore = ProcessFigures.CpuNanoseconds(relay.Process);
        long start = Stopwatch.GetTimestamp();
        Listen(time, watch);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        long cpu = ProcessFigures.CpuNanoseconds(relay.Process) - cpuBefore;
        return new PlayMeasurement(
            cpu / 1000.0 / watch.Packets,
            100 * cpu / elapsed,
            watch.LossPercent,
            watch.Distances.Percentile(0.50),
            watch.Distances.Percentile(0.99),
            watch.Distances.Percentile(0.999));
    }

    public void Dispose()
    {
        _received.Dispose();
        _listener.Dispose();
        File.Delete(_prompt + ".0");
    }

    private void Listen(TimeSpan time, StreamWatch watch)
    {
        long end = Stopwatch.GetTimestamp() + (time.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond);
        while (Stopwatch.GetTimestamp() < end)
        {
            int count = _received.Receive();
            for (int i = 0; i < count; i++)
            {
                watch.Add(_received.Received(i), _received.ArrivedAt(i));
            }
        }
    }
}
