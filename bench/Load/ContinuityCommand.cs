using System.CommandLine;

namespace RtpProxy.Load;

/// <summary>The command line of <c>bench/continuity.sh</c>.</summary>
internal static class ContinuityCommand
{
    public static Command Create()
    {
        var rtpproxy = new Option<string>("--rtpproxy") { Description = "path of the published daemon", Required = true };
        var calls = new Option<int>("--calls") { Description = "calls, 50 packets per second each way", DefaultValueFactory = _ => 1000 };
        var events = new Option<string>("--events")
        {
            Description = $"what happens to the relay, one after the other: {KeptRelay.Events}",
            DefaultValueFactory = _ => "nothing,upgrade,kill,stop",
        };
        var workers = new Option<int>("--workers")
        {
            Description = "threads of the relay that carry packets; as many as processors if not given",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var repeat = new Option<int>("--repeat") { Description = "how often", DefaultValueFactory = _ => 1 };
        var command = new Command("continuity", "Measures what calls notice of an upgrade and of the death of a relay that is kept.")
        {
            rtpproxy, calls, workers, events, repeat,
        };
        command.SetAction(result =>
        {
            using var relay = new KeptRelay(result.GetValue(rtpproxy)!, "--workers", $"{result.GetValue(workers)}");
            using var run = new ContinuityRun(relay, result.GetValue(calls));
            bool isWell = true;
            Console.WriteLine(ContinuityFigures.Heading);
            for (int i = 0; i < result.GetValue(repeat); i++)
            {
                foreach (string name in result.GetValue(events)!.Split(','))
                {
                    ContinuityFigures figures = run.Measure(name);
                    Console.WriteLine(figures);
                    isWell &= figures.CallsLost == 0;
                }
            }

            return isWell ? 0 : 1;
        });
        return command;
    }
}
