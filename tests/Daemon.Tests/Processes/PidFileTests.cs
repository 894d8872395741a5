using System.Globalization;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class PidFileTests
{
    [Fact]
    public async Task It_holds_the_pid_and_a_line_end_in_place_of_what_was_there()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            prepare: directory => File.WriteAllText(directory.File("rtpproxy.pid"), "12345 is the pid of the last one"));

        string expected = string.Create(CultureInfo.InvariantCulture, $"{daemon.Id}\n");
        (await File.ReadAllTextAsync(daemon.PidFile)).ShouldBe(expected);
    }

    [Fact]
    public async Task It_is_removed_at_a_normal_end()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();

        await daemon.SignalAsync("INT");

        (await daemon.WaitForExitAsync()).ShouldBe(0);
        File.Exists(daemon.PidFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_file_that_has_taken_its_place_is_left_alone()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();
        File.Delete(daemon.PidFile);
        await File.WriteAllTextAsync(daemon.PidFile, "1\n");

        await daemon.SignalAsync("INT");

        (await daemon.WaitForExitAsync()).ShouldBe(0);
        (await File.ReadAllTextAsync(daemon.PidFile)).ShouldBe("1\n");
    }

    [Fact]
    public async Task It_stays_when_a_daemon_started_in_its_place_has_written_its_own_pid()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();
        await using (FileStream same = new(daemon.PidFile, FileMode.Open, FileAccess.Write))
        {
            same.SetLength(0);
            same.Write("1\n"u8);
        }

        await daemon.SignalAsync("INT");

        (await daemon.WaitForExitAsync()).ShouldBe(0);
        (await File.ReadAllTextAsync(daemon.PidFile)).ShouldBe("1\n");
    }

    [Fact]
    public async Task The_null_device_survives()
    {
        ProgramResult result = await DaemonProcess.RunAsync("-f", "-F", "-s", "stdioc:", "-p", "/dev/null", "-d", "err");

        result.ShouldBe(new ProgramResult(0, "", ""));
        await File.WriteAllTextAsync("/dev/null", "still the device");
        (await File.ReadAllTextAsync("/dev/null")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_file_to_write_the_daemon_goes_on()
    {
        using WorkingDirectory directory = new();

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", "stdioc:", "-p", directory.File("no/such/directory/pid"), "-d", "err");

        result.Status.ShouldBe(0);
        result.Error.ShouldContain("can't open pidfile for writing");
    }
}
