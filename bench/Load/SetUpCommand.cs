using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>The command line of <c>bench/setup.sh</c>: calls that are set up and ended one after the other.</summary>
internal static class SetUpCommand
{
    private const int WarmUp = 300; // calls

    public static Command Create()
    {
        var rtpproxy = new Option<string>("--rtpproxy") { Description = "path of the published daemon", Required = true };
        var calls = new Option<int>("--calls") { Description = "calls of a round", DefaultValueFactory = _ => 2000 };
        var rounds = new Option<int>("--rounds") { Description = "how often each takes its turn", DefaultValueFactory = _ => 4 };
        var command = new Command("setup", "Measures what setting up and ending a call costs: over both protocols, and with rtpengine.")
        {
            rtpproxy, calls, rounds,
        };
        command.SetAction(result =>
        {
            Processors.PinThisProcess();
            int port = ControlSocket.FreePort();
            using OurRelay ours = new(result.GetValue(rtpproxy)!, "--ng", $"udp:127.0.0.1:{port}");
            using ControlSocket ng = new(port);
            using RtpengineRelay rtpengine = new();
            Relay[] relays =
            [
                new("rtpproxy, U L D", ours.Process, name => [$"U {name} 127.0.0.1 9 a", $"L {name} 127.0.0.1 9 a b", $"D {name} a b"], ours.Text),
                new("rtpproxy, ng", ours.Process, OverNg, ng.Ask),
                new("rtpengine", rtpengine.Process, OverNg, rtpengine.Text),
            ];
            foreach (Relay relay in relays)
            {
                relay.Run(WarmUp, "warm", []);
            }

            Console.WriteLine("relay             us CPU per call   us per command: p50    p99");
            for (int round = 0; round < result.GetValue(rounds); round++)
            {
                foreach (Relay relay in relays)
                {
                    List<double> waits = [];
                    long before = ProcessFigures.CpuNanoseconds(relay.Process);
                    relay.Run(result.GetValue(calls), $"round{round}", waits);
                    double cpu = (ProcessFigures.CpuNanoseconds(relay.Process) - before) / 1e3 / result.GetValue(calls);
                    waits.Sort();
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{relay.Name,-16} {cpu,16:F0} {waits[waits.Count / 2],21:F0} {waits[waits.Count * 99 / 100],6:F0}"));
                }
            }

            return 0;
        });
        return command;
    }

    private static string[] OverNg(string name) => [NgWords.Offer(name, 9), NgWords.Answer(name, 9), NgWords.Delete(name)];

    private sealed record Relay(string Name, Process Process, Func<string, string[]> Commands, Func<string, string> Ask)
    {
        /// <param name="waits">Gets the time from each command to its reply, microseconds.</param>
        public void Run(int calls, string name, List<double> waits)
        {
            for (int i = 0; i < calls; i++)
            {
                foreach (string command in Commands($"{name}-{i}"))
                {
                    long start = Stopwatch.GetTimestamp();
                    string reply = Ask(command);
                    waits.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                    if (reply.StartsWith('E') || reply.Contains("6:result5:error", StringComparison.Ordinal))
                    {
                        throw new InvalidOperationException($"{Name}: '{command}' was answered '{reply.Trim()}'.");
                    }
                }
            }
        }
    }
}
