using System.Diagnostics;
using RtpProxy.Controller;
using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.ControllerLoad;

/// <summary>So many callers at the same time, each of whom opens a session and deletes it, again and again.</summary>
internal sealed class RoundTripRun
{
    private readonly List<double> _milliseconds;

    private RoundTripRun(List<double> milliseconds, int lost, TimeSpan took)
    {
        milliseconds.Sort();
        _milliseconds = milliseconds;
        Lost = lost;
        PerSecond = milliseconds.Count / took.TotalSeconds;
    }

    public double PerSecond { get; }

    /// <summary>Commands that ended without a reply.</summary>
    public int Lost { get; }

    public double Percentile(int percent) =>
        _milliseconds.Count == 0 ? 0 : _milliseconds[Math.Min(_milliseconds.Count - 1, _milliseconds.Count * percent / 100)];

    public static async Task<RoundTripRun> MeasureAsync(RelayClient client, int inFlight, TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        Caller[] callers = [.. Enumerable.Range(0, inFlight).Select(_ => new Caller(client))];
        await Task.WhenAll(callers.Select(caller => Task.Run(() => caller.CallAsync(start, duration))));
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        return new RoundTripRun([.. callers.SelectMany(c => c.Milliseconds)], callers.Sum(c => c.Lost), took);
    }

    private sealed class Caller(RelayClient client)
    {
        private static readonly LegModifiers Codecs = new(Codecs: "8,0,101");

        public List<double> Milliseconds { get; } = [];

        public int Lost { get; private set; }

        public async Task CallAsync(long start, TimeSpan duration)
        {
            string callId = Guid.NewGuid().ToString("N");
            for (int i = 0; Stopwatch.GetElapsedTime(start) < duration; i++)
            {
                string call = $"{callId}-{i}";
                await AskAsync(new UpdateCommand(call, new RemoteMedia("127.0.0.1", "40000"), "a;1", null, Codecs, null));
                await AskAsync(new DeleteCommand(call, "a"));
            }
        }

        private async ValueTask AskAsync(Command command)
        {
            long asked = Stopwatch.GetTimestamp();
            RelayReply reply = await client.SendAsync(command);
            if (reply.IsReply)
            {
                Milliseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            else
            {
                Lost++;
            }
        }
    }
}
