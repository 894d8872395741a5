using System.Globalization;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class BackgroundTests
{
    private static readonly DaemonSettings InBackground = new() { Foreground = false };

    [Fact]
    public async Task The_program_ends_with_0_when_the_one_in_the_background_answers()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(InBackground);

        daemon.HasExited.ShouldBeTrue();
        daemon.ExitStatus.ShouldBe(0);
        (await daemon.AskAsync("V")).ShouldBe("20040107");
    }

    [Fact]
    public async Task It_has_a_session_of_its_own_works_in_the_root_and_holds_no_terminal()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(InBackground);

        ProcessFacts.SessionOf(daemon.Id).ShouldBe(daemon.Id);
        ProcessFacts.CurrentDirectory(daemon.Id).ShouldBe("/");
        foreach (int descriptor in (int[])[0, 1, 2])
        {
            ProcessFacts.Descriptor(daemon.Id, descriptor).ShouldBe("/dev/null");
        }

        daemon.Log.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task D_keeps_the_directory_and_no_redirect_keeps_the_output()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            InBackground with { Options = ["-D", "--no_redirect"] });

        ProcessFacts.CurrentDirectory(daemon.Id).ShouldBe(daemon.Directory.Path);
        ProcessFacts.Descriptor(daemon.Id, 0).ShouldBe("/dev/null");
        ProcessFacts.Descriptor(daemon.Id, 1).ShouldStartWith("pipe:");
        ProcessFacts.Descriptor(daemon.Id, 2).ShouldStartWith("pipe:");
        (await daemon.AskAsync("V")).ShouldBe("20040107");
        await daemon.Log.WaitForAsync("received command \"V\"");
    }

    [Fact]
    public async Task Whoever_reads_the_programs_output_gets_its_end_while_the_daemon_goes_on()
    {
        using WorkingDirectory directory = new();
        string pidFile = directory.File("pid");

        // RunInAsync reads both streams to their end: a descriptor left in the daemon would keep it waiting.
        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-F", "-s", directory.File("x.sock"), "-p", pidFile, "-m", "21000", "-M", "21999");

        result.ShouldBe(new ProgramResult(0, "", ""));
        int id = int.Parse(await File.ReadAllTextAsync(pidFile), CultureInfo.InvariantCulture);
        await EndAsync(id);
    }

    [Fact]
    public async Task A_failure_after_the_hand_over_is_told_where_the_program_was_started()
    {
        using WorkingDirectory directory = new();
        await File.WriteAllTextAsync(directory.File("file"), "precious");

        ProgramResult result = await DaemonProcess.RunInAsync(directory, "-F", "-s", directory.File("file"), "-p", directory.File("pid"));

        result.Status.ShouldBe(1);
        result.Error.ShouldContain($"rtpproxy: -s is '{directory.File("file")}', but it is a file that is not empty");
    }

    [Fact]
    public async Task A_fast_shutdown_removes_socket_and_pid_file()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(InBackground);

        await daemon.SignalAsync("TERM");

        await daemon.WaitForExitAsync();
        File.Exists(daemon.PidFile).ShouldBeFalse();
        File.Exists(daemon.Directory.File("cunix.sock")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_name_of_the_pipe_does_not_reach_the_daemons_environment_again()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Environment = new Dictionary<string, string> { ["RTPPROXY_HANDOVER_FD"] = "999" } });

        // A stray variable is no pipe: the daemon stays what it was asked to be.
        (await daemon.AskAsync("V")).ShouldBe("20040107");
    }

    private static async Task EndAsync(int id)
    {
        using System.Diagnostics.Process daemon = System.Diagnostics.Process.GetProcessById(id);
        using System.Diagnostics.Process kill = System.Diagnostics.Process.Start(
            "/bin/kill", ["-s", "TERM", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await Eventually.TrueAsync(() => !ProcessStat.IsAlive(id), "the daemon ends");
    }
}
