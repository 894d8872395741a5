using System.Diagnostics;
using System.Globalization;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class ProcessSettingsTests
{
    // proc(5), fields of /proc/PID/stat
    private const int NiceField = 19;
    private const int PolicyField = 41;

    [Fact]
    public async Task The_nice_level_is_that_of_all_threads()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["--nice", "5"] });
        await daemon.AskAsync("U call 127.0.0.1 4000 tag");

        ProcessFacts.OfThreads(daemon.Id, NiceField).ShouldBe([5]);
    }

    [Theory]
    [InlineData("fifo", 1)]
    [InlineData("rr", 2)]
    public async Task The_packet_workers_get_the_scheduling_or_its_refusal_is_told(string name, int policy)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["-c", name] });
        (await daemon.AskAsync("V")).ShouldBe("20040107");
        await daemon.Log.WaitForAsync("sending reply"); // and so all that was said before

        bool isRefused = daemon.Log.Text.Contains("can't set real-time scheduling", StringComparison.Ordinal);
        ProcessFacts.OfWorkers(daemon.Id, PolicyField).ShouldBe([isRefused ? 0 : policy]);
    }

    [Fact]
    public async Task L_sets_both_limits_of_open_files()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["-L", "700"] });

        LimitOf(daemon).ShouldBe(["700", "700"]);
    }

    [Fact]
    public async Task Without_L_the_soft_limit_is_raised_and_the_room_is_told()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();

        string[] limits = LimitOf(daemon);
        limits[0].ShouldBe(limits[1]);
        await daemon.Log.WaitForAsync(string.Create(CultureInfo.InvariantCulture, $"{limits[0]} open files for "));
    }

    [Fact]
    public async Task A_limit_that_leaves_no_room_for_the_program_itself_is_told_and_a_soft_one_is_raised()
    {
        (await RunUnderLimitAsync("-n 50")).ShouldBe(new ProgramResult(
            1, "", "rtpproxy: the limit of open files (ulimit -n) is 50; expected at least 60\n"));
        (await RunUnderLimitAsync("-S -n 50")).ShouldBe(new ProgramResult(0, "CLOCK_BOOTTIME\n", ""));
    }

    [Fact]
    public async Task The_number_of_workers_is_that_of_the_option()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["--workers", "3"] });

        await daemon.Log.WaitForAsync("3 workers");
    }

    private static async Task<ProgramResult> RunUnderLimitAsync(string ulimit)
    {
        ProcessStartInfo start = new("sh")
        {
            ArgumentList = { "-c", $"ulimit {ulimit}; exec \"$0\" -C", Executables.Daemon },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Eventually.Deadline);
        return new ProgramResult(process.ExitCode, await output, await error);
    }

    private static string[] LimitOf(DaemonProcess daemon)
    {
        string line = File.ReadLines($"/proc/{daemon.Id}/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        return line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2];
    }
}
