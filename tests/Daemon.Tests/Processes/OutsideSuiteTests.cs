using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>The way in which test suites of others start the program and look at it.</summary>
public class OutsideSuiteTests
{
    [Fact]
    public async Task It_runs_in_the_background_with_its_log_on_standard_error()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Transports = [Transport.Unix],
            Foreground = false,
            Options = ["--no_redirect", "-D", "-n", "tcp:127.0.0.1:9", "-r", "rec"],
        });

        (await daemon.AskAsync("VF 20081224")).ShouldBe("1");
        await daemon.Log.WaitForAsync("received command \"VF 20081224\\n\"");
        await daemon.SignalAsync("HUP");

        (await daemon.WaitForExitAsync()).ShouldBe(0);
        daemon.Log.Text.ShouldContain("rtpproxy ended");
    }
}
