using System.Globalization;
using System.Net.Sockets;
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

    [Theory]
    [InlineData("fifo", "is not an ordinary file")]
    [InlineData("directory", "Is a directory")]
    [InlineData("socket", "is not an ordinary file")]
    public async Task A_path_that_cannot_hold_a_pid_is_told_and_holds_nothing_up(string name, string reason)
    {
        using WorkingDirectory directory = new();
        Directory.CreateDirectory(directory.File("directory"));
        (await ProgramRun.InAsync(directory, "/usr/bin/mkfifo", "fifo")).Status.ShouldBe(0);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(directory.File("socket")));
        string[] before = Directory.GetFileSystemEntries(directory.Path);

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", "stdioc:", "-p", directory.File(name), "-d", "err");

        result.Status.ShouldBe(0);
        result.Error.ShouldContain($"can't open pidfile for writing: {directory.File(name)}");
        result.Error.ShouldContain(reason);
        Directory.GetFileSystemEntries(directory.Path).ShouldBe(before);
    }

    [Fact]
    public async Task A_fifo_that_somebody_reads_gets_nothing()
    {
        using WorkingDirectory directory = new();
        (await ProgramRun.InAsync(directory, "/usr/bin/mkfifo", "fifo")).Status.ShouldBe(0);
        await using FileStream reader = new(directory.File("fifo"), FileMode.Open, FileAccess.ReadWrite);

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", "stdioc:", "-p", directory.File("fifo"), "-d", "err");

        result.Status.ShouldBe(0);
        result.Error.ShouldContain("is not an ordinary file");
        File.Exists(directory.File("fifo")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_configuration_file_that_is_a_fifo_is_refused()
    {
        using WorkingDirectory directory = new();
        (await ProgramRun.InAsync(directory, "/usr/bin/mkfifo", "fifo")).Status.ShouldBe(0);

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", "stdioc:", "-p", "pid", "--config", "fifo");

        result.Status.ShouldBe(1);
        result.Error.ShouldContain("--config is 'fifo', but it is not an ordinary file");
    }
}
