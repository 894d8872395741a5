using System.CommandLine;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>The command line of <c>bench/endurance.sh</c>.</summary>
internal static class EnduranceCommand
{
    public static Command Create()
    {
        var rtpproxy = new Option<string>("--rtpproxy") { Description = "path of the published daemon", Required = true };
        var other = new Option<string?>("--other") { Description = "path of another one: upgrades go from one to the other and back" };
        var calls = new Option<int>("--calls") { Description = "calls at a time", DefaultValueFactory = _ => 200 };
        var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 60 };
        var events = new Option<string>("--events")
        {
            Description = $"what happens at random moments: {KeptRelay.Events}",
            DefaultValueFactory = _ => "kill",
        };
        var between = new Option<string>("--between")
        {
            Description = "seconds from one to the next, from and to; five deaths in a minute would end a call",
            DefaultValueFactory = _ => "16-26",
        };
        var recorded = new Option<bool>("--recorded") { Description = "every call is recorded" };
        var command = new Command("endurance", "Calls come and go while things happen to a relay that is kept; nothing may become of them.")
        {
            rtpproxy, other, calls, minutes, events, between, recorded,
        };
        command.SetAction(result =>
        {
            double[] pause = [.. result.GetValue(between)!.Split('-').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            using var run = new EnduranceRun(
                result.GetValue(rtpproxy)!, result.GetValue(other), result.GetValue(calls), result.GetValue(recorded));
            return run.Go(
                TimeSpan.FromMinutes(result.GetValue(minutes)),
                result.GetValue(events)!.Split(','),
                TimeSpan.FromSeconds(pause[0]),
                TimeSpan.FromSeconds(pause[^1]))
                ? 0
                : 1;
        });
        return command;
    }
}
