using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>The command line of <c>bench/calls.sh</c>: many calls over ng at the same time, and what is lost of their media.</summary>
internal static class NgCallsCommand
{
    public static Command Create()
    {
        var rtpproxy = new Option<string>("--rtpproxy") { Description = "path of the published daemon", Required = true };
        var calls = new Option<int>("--calls") { Description = "calls at the same time", DefaultValueFactory = _ => 5000 };
        var packets = new Option<int>("--packets") { Description = "packets per second of each party", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "for how long all are up", DefaultValueFactory = _ => 10 };
        var command = new Command("calls", "Sets many calls up over the ng protocol, whose parties speak from then on, and counts what is lost.")
        {
            rtpproxy, calls, packets, seconds,
        };
        command.SetAction(result =>
        {
            int ngPort = ControlSocket.FreePort();
            using OurRelay relay = new(
                result.GetValue(rtpproxy)!, (_, file, arguments) => Process.Start(file, arguments), "--ng", $"udp:127.0.0.1:{ngPort}");
            using ControlSocket ng = new(ngPort);
            using NgCallsRun run = new(ng, result.GetValue(calls), result.GetValue(packets));

            Stopwatch time = Stopwatch.StartNew();
            run.SetUp();
            Say($"{result.GetValue(calls)} calls set up, one after the other, while those before spoke: {time.Elapsed.TotalSeconds:F1} s");
            Thread.Sleep(TimeSpan.FromSeconds(result.GetValue(seconds)));
            run.Stop();
            Say($"packets: {run.Sent} sent, {run.Sent - run.Heard} lost, {run.Doubled} doubled; calls in which one was lost: {run.CallsWithLoss}");
            Say($"the relay: {ProcessFigures.ResidentBytes(relay.Process) >> 20} MiB resident, {ProcessFigures.Descriptors(relay.Process.Id)} descriptors");
            time.Restart();
            run.TearDown();
            string active = relay.Text("I").Split('\n').First(line => line.StartsWith("active sessions", StringComparison.Ordinal));
            Say($"ended: {time.Elapsed.TotalSeconds:F1} s; {active}");
            return run.Sent == run.Heard ? 0 : 1;
        });
        return command;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
