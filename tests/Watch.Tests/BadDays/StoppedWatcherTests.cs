using System.Diagnostics;
using System.Globalization;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.BadDays;

public sealed class StoppedWatcherTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_watcher_that_stands_still_disturbs_no_relay_and_goes_on_afterwards()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["--admin", $"unix:{_directory.File("admin.sock")}"], LogLevel = "warn" });
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"relay=unix:{_directory.File("admin.sock")}");
        await watch.WaitUntilAsync(up: true);
        long before = ResidentBytes(daemon);

        await watch.SignalAsync("STOP");
        try
        {
            // Far more events than a socket holds: set-ups and ends, each told with its figures.
            for (int number = 0; number < 3_000; number++)
            {
                string call = number.ToString(CultureInfo.InvariantCulture);
                (await daemon.AskAsync($"U call{call} 127.0.0.1 40000 from")).ShouldNotStartWith("E");
                (await daemon.AskAsync($"D call{call} from")).ShouldBe("0");
            }

            (ResidentBytes(daemon) - before).ShouldBeLessThan(60L * 1_024 * 1_024);
        }
        finally
        {
            await watch.SignalAsync("CONT");
        }

        await watch.WaitUntilAsync(up: true);
        await Eventually.TrueAsync(async () =>
            (await watch.NodesAsync())[0].GetProperty("counters").GetProperty("sessionsCreated").GetInt32() == 3_000);
    }

    private static long ResidentBytes(DaemonProcess daemon)
    {
        using Process process = Process.GetProcessById(daemon.Id);
        return process.WorkingSet64;
    }
}
