using System.CommandLine;

namespace RtpProxy.Load;

/// <summary>The command line of <c>bench/media.sh</c>.</summary>
internal static class MediaCommand
{
    public static Command Create()
    {
        var rtpproxy = new Option<string>("--rtpproxy") { Description = "path of the published daemon", Required = true };
        var directory = new Option<string>("--directory") { Description = "where recordings are written and removed again", Required = true };
        var recordings = Number("--recordings", "calls that are recorded, both parties; 0 leaves it out", 500);
        var players = Number("--players", "prompts played at once; 0 leaves it out", 1000);
        var seconds = Number("--seconds", "measured time of each load and round", 10);
        var rounds = Number("--rounds", "how often each load takes its turn", 3);
        var pcap = new Option<bool>("--pcap") { Description = "record in pcap format" };
        var command = new Command("media", "Measures what recording and playing cost.")
        {
            rtpproxy, directory, recordings, players, seconds, rounds, pcap,
        };
        command.SetAction(result =>
        {
            Processors.PinThisProcess();
            var bench = new MediaBench(
                result.GetValue(rtpproxy)!,
                result.GetValue(directory)!,
                TimeSpan.FromSeconds(result.GetValue(seconds)),
                result.GetValue(rounds));
            if (result.GetValue(recordings) is > 0 and var calls)
            {
                bench.CompareRecording(calls, result.GetValue(pcap));
            }

            if (result.GetValue(players) is > 0 and var listeners)
            {
                bench.ComparePlaying(listeners);
            }

            return 0;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int value) || value is < 0 or > 4000))
            {
                result.AddError($"{name}: expected a number of at most 4000.");
            }
        });
        return option;
    }
}
