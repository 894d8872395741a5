using System.CommandLine;

namespace RtpProxy.Load;

/// <summary>The command line of <c>bench/watch.sh</c>.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var rtpproxy = new Option<string>("--rtpproxy") { Description = "path of the published daemon", Required = true };
        var sessions = new Option<int>("--sessions") { Description = "sessions that carry media, 50 packets per second each way", DefaultValueFactory = _ => 500 };
        var idle = new Option<int>("--idle") { Description = "sessions besides them that carry nothing", DefaultValueFactory = _ => 4000 };
        var seconds = new Option<int>("--seconds") { Description = "measured time of each round", DefaultValueFactory = _ => 10 };
        var rounds = new Option<int>("--rounds") { Description = "how often both take their turn", DefaultValueFactory = _ => 3 };
        var command = new Command("watch", "Measures what it costs that somebody lists all sessions every second.")
        {
            rtpproxy, sessions, idle, seconds, rounds,
        };
        command.SetAction(result =>
        {
            Processors.PinThisProcess();
            using var load = new LoadRun();
            var comparison = new Comparison("alone");
            for (int turn = 0; turn < 2 * result.GetValue(rounds); turn++)
            {
                using var relay = new WatchedRelay(result.GetValue(rtpproxy)!, result.GetValue(idle), isWatched: turn % 2 == 1);
                comparison.Add(load.Measure(relay, result.GetValue(sessions), TimeSpan.FromSeconds(result.GetValue(seconds))));
                Console.WriteLine($"    {relay.Seen}");
            }

            comparison.Print(result.GetValue(sessions), calls: 0, result.GetValue(seconds), result.GetValue(rounds));
            return 0;
        });
        return command;
    }
}
