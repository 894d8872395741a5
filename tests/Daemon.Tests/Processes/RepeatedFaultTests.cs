using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>A fault that repeats is one line, and another with its count.</summary>
public class RepeatedFaultTests
{
    [Theory]
    [InlineData("U call{0} 127.0.0.1 4000 alice", "E72", "every port pair of the range is in use")]
    [InlineData("P first nowhere 0 alice", "E6", "")]
    [InlineData("R first alice", "E50", "directory for saving local recordings is not configured")]
    [InlineData("C first udp:127.0.0.1:0 alice", "E65", "invalid port")]
    [InlineData("C first udp:300.1.1.{0}:9 alice", "E65", "neither an IPv4 address nor")]
    public async Task Ninety_six_refusals_are_few_lines_and_their_count_is_told_at_the_end(string command, string reply, string reason)
    {
        PortRange two = FreePorts.RangeLike(new PortRange(27_000, 27_003));
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { LogLevel = "warn", Ports = two, Options = ["-l", "127.0.0.1"] });
        await using ControlClient control = await daemon.ConnectAsync();
        (await control.AskAsync("U first 127.0.0.1 4000 alice")).ShouldNotStartWith("E");
        (await control.AskAsync("L first 127.0.0.1 4000 alice bob")).ShouldNotStartWith("E");

        for (int i = 0; i < 96; i++)
        {
            (await control.AskAsync(command.Replace("{0}", $"{i}", StringComparison.Ordinal))).ShouldStartWith(reply);
        }

        await daemon.SignalAsync("TERM");
        await daemon.WaitForExitAsync();
        if (reason.Length > 0)
        {
            daemon.Log.Text.ShouldContain(reason);
            daemon.Log.All.Count.ShouldBeInRange(2, 18);
            daemon.Log.Text.ShouldMatch("[0-9]+ times again in [0-9]+ seconds: ");
        }
    }
}
