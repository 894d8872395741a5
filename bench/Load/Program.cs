using System.CommandLine;
using RtpProxy.Load;

var sessions = new Option<int>("--sessions") { Description = "sessions, 50 packets per second each way", DefaultValueFactory = _ => 1000 };
var seconds = new Option<int>("--seconds") { Description = "measured time per relay and round", DefaultValueFactory = _ => 10 };
var rounds = new Option<int>("--rounds") { Description = "how often each relay takes its turn", DefaultValueFactory = _ => 3 };
var relays = new Option<string>("--relays") { Description = "which, in turn", DefaultValueFactory = _ => "bare,ours,rtpengine" };
var calls = new Option<int>("--calls") { Description = "calls per second that are set up and ended beside the sessions", DefaultValueFactory = _ => 0 };
var rtpproxy = new Option<string>("--rtpproxy") { Description = "path of the published daemon", Required = true };
var bare = new Option<string>("--bare") { Description = "path of the compiled bare loop", Required = true };
var command = new RootCommand("Measures what relaying a packet costs.") { sessions, seconds, rounds, relays, calls, rtpproxy, bare, MediaCommand.Create(), WatchCommand.Create(), ContinuityCommand.Create(), EnduranceCommand.Create(), SetUpCommand.Create(), NgCallsCommand.Create() };
command.SetAction(result =>
{
    Processors.PinThisProcess();
    using var load = new LoadRun();
    var comparison = new Comparison();
    for (int round = 0; round < result.GetValue(rounds); round++)
    {
        foreach (string name in result.GetValue(relays)!.Split(','))
        {
            using IRelayUnderTest relay = name switch
            {
                "bare" => new BareRelay(result.GetValue(bare)!, result.GetValue(sessions), load.CallerPort, load.CalleePort),
                "ours" => new OurRelay(result.GetValue(rtpproxy)!),
                "kept" => new WatchedByKeeper(result.GetValue(rtpproxy)!),
                "rtpengine" => new RtpengineRelay(),
                _ => throw new ArgumentException($"--relays: '{name}' is none of bare, ours, kept, rtpengine."),
            };
            comparison.Add(load.Measure(relay, result.GetValue(sessions), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(calls)));
        }
    }

    comparison.Print(result.GetValue(sessions), result.GetValue(calls), result.GetValue(seconds), result.GetValue(rounds));
    return 0;
});
return command.Parse(args).Invoke();
