using System.Net;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.TestKit.Disks;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>Whatever happens to the disk and the names of recordings, calls go on and what is on the disk is good.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class RecordingTroubleTests
{
    private const int AdHocRecord = 30 + 172;

    [Fact]
    public async Task A_full_disk_costs_records_and_not_a_single_packet()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
        using var disk = SmallDisk.Mount(64 << 10);
        await using DaemonProcess daemon = await StartAsync("-r", disk.Path);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        (await control.AskAsync("R call bob alice")).ShouldBe("0");

        await call.TalkAsync(400); // 160 KB of records
        (await control.AskAsync("Q call alice bob npkts_ina npkts_ino nrelayed ndropped")).ShouldBe("400 400 800 0");
        await daemon.Log.WaitForAsync("error while recording session (RTP): No space left on device (28)");
        (await control.AskAsync("R call alice bob")).ShouldBe("0", "it counts as being recorded");

        // As soon as there is space again another recording begins, beside the old one.
        (await control.AskAsync("Na call alice bob")).ShouldBe("0");
        (await LengthAsync(daemon, disk.File("call=alice.o.rtp")) % AdHocRecord).ShouldBe(0);
        File.Delete(disk.File("call=alice.a.rtp"));
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        await call.TalkAsync(20);
        (await control.AskAsync("D call alice bob")).ShouldBe("0");
        await Eventually.TrueAsync(
            () => new FileInfo(disk.File("call=alice.1.o.rtp")).Length == 20 * AdHocRecord, "twenty packets are on the disk");
        daemon.Log.All.Count(line => line.Contains("No space left", StringComparison.Ordinal)).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_disk_that_hangs_holds_up_neither_media_nor_commands()
    {
        using FreezingDisk? disk = FreezingDisk.TryMount();
        Assert.SkipWhen(disk is null, "needs root and loop devices");
        await using DaemonProcess daemon = await StartAsync("-r", disk.Path, "--workers", "2");
        File.WriteAllBytes(daemon.Directory.File("tone.0"), new byte[8000]);
        await using ControlClient control = await daemon.ConnectAsync();
        await using ControlClient other = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        await call.TalkAsync(50);
        disk.Freeze();

        // The writer hangs at once, and so does whoever opens a file; both are alone with it.
        await call.TalkAsync(500);
        using MediaCall next = await MediaCall.SetUpAsync(control, "next");
        Task<string> recording = other.AskAsync("R next alice bob");
        await next.TalkAsync(50);
        (await control.AskAsync("P next tone 0 alice bob")).ShouldBe("0");
        await next.Caller.HearAsync(100);
        (await control.AskAsync("D call alice bob")).ShouldBe("0");
        (await control.AskAsync("G nsess_created nsess_destroyed")).ShouldBe("2 1");
        recording.IsCompleted.ShouldBeFalse();

        disk.Thaw();
        (await recording).ShouldBe("0");
        await Eventually.TrueAsync(
            () => new FileInfo(disk.File("call=alice.o.rtp")).Length == 550 * AdHocRecord, "every packet is on the disk");
        (await control.AskAsync("D next alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task A_limit_of_the_size_of_files_costs_records_and_not_the_daemon()
    {
        await using DaemonProcess daemon = await StartAsync("-r", ".");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        ProgramResult limited = await ProgramRun.InAsync(
            daemon.Directory, "prlimit", "--pid", $"{daemon.Id}", "--fsize=10000:10000");
        limited.Status.ShouldBe(0, limited.Error);

        await call.TalkAsync(100);

        await daemon.Log.WaitForAsync("error while recording session (RTP): File too large (27)");
        (await control.AskAsync("D call alice bob")).ShouldBe("0");
        (await LengthAsync(daemon, daemon.Directory.File("call=alice.o.rtp")) % AdHocRecord).ShouldBe(0);
    }

    [Fact]
    public async Task A_killed_daemon_leaves_recordings_of_whole_packets()
    {
        await using DaemonProcess daemon = await StartAsync("-P", "-r", ".");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("Rs call alice bob")).ShouldBe("0");
        (await control.AskAsync("Rs call bob alice")).ShouldBe("0");
        await call.TalkAsync(100);
        await Eventually.TrueAsync(
            () => new FileInfo(daemon.Directory.File("call=alice.pcap")).Length > 20_000, "most of it is on the disk");

        await daemon.SignalAsync("KILL");
        await daemon.WaitForExitAsync();

        ProgramResult dumped = await ProgramRun.InAsync(
            daemon.Directory, "tcpdump", "-Z", "root", "-nn", "-vvv", "-r", "call=alice.pcap");
        dumped.Status.ShouldBe(0, dumped.Error);
        dumped.Error.ShouldNotContain("truncated");
        (dumped.Output.Split("[udp sum ok]").Length - 1).ShouldBeInRange(80, 200);
    }

    [Fact]
    public async Task A_directory_that_vanishes_costs_recordings_and_not_calls()
    {
        await using DaemonProcess daemon = await StartAsync("-r", "gone");
        string directory = daemon.Directory.File("gone");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("R call alice bob")).ShouldBe("E50", "it is not there yet");

        Directory.CreateDirectory(directory);
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        Directory.Delete(directory, recursive: true);
        await call.TalkAsync(50);
        (await control.AskAsync("R call bob alice")).ShouldBe("E50");
        (await control.AskAsync("C call name bob alice")).ShouldBe("E65");
        (await control.AskAsync("D call alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task A_spool_on_another_file_system_is_said_and_its_recordings_arrive()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
        using var disk = SmallDisk.Mount(64 << 10);
        await using DaemonProcess daemon = await StartAsync("-r", ".", "-S", disk.Path);
        await daemon.Log.WaitForAsync($"the spool {disk.Path} is on another file system than .: every recording is copied");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        await call.TalkAsync(30);
        (await control.AskAsync("N call alice bob")).ShouldBe("0");

        await Eventually.TrueAsync(() => Directory.GetFiles(disk.Path).Length == 0, "the spool is empty");
        new FileInfo(daemon.Directory.File("call=alice.o.rtp")).Length.ShouldBe(30 * AdHocRecord);
    }

    [Theory]
    [InlineData("C call ../out alice bob", "E65")]
    [InlineData("C call a/b alice bob", "E65")]
    [InlineData("C call /etc/x alice bob", "E65")]
    [InlineData("C call .. alice bob", "0")] // becomes "...rtp", a name like others
    [InlineData("C call a\0b alice bob", "E5")] // no command holds a NUL
    [InlineData("Cs call . alice bob", "E65")]
    [InlineData("Cs call .. alice bob", "E65")]
    public async Task A_name_never_leaves_the_directory(string command, string reply)
    {
        await using DaemonProcess daemon = await StartAsync("-P", "-r", "recordings");
        Directory.CreateDirectory(daemon.Directory.File("recordings"));
        string[] before = Directory.GetFileSystemEntries(daemon.Directory.Path);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");

        (await control.AskAsync(command)).ShouldBe(reply);

        Directory.GetFileSystemEntries(daemon.Directory.Path).ShouldBe(before);
        Directory.GetFiles(daemon.Directory.File("recordings")).Length.ShouldBe(reply == "0" ? 2 : 0);
        await call.TalkAsync(5);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused_and_the_call_goes_on()
    {
        await using DaemonProcess daemon = await StartAsync("-r", ".");
        await using ControlClient control = await daemon.ConnectAsync();
        string id = new('x', 300);
        using MediaCall call = await MediaCall.SetUpAsync(control, id);
        (await control.AskAsync($"R {id} alice bob")).ShouldBe("E50");
        (await control.AskAsync($"C {id} {new string('n', 251)} alice bob")).ShouldBe("E65", "the RTCP file is a byte too long");
        Directory.GetFiles(daemon.Directory.Path, "n*").ShouldBeEmpty("neither file is kept");
        (await control.AskAsync($"C {id} {new string('n', 250)} alice bob")).ShouldBe("0");
        await call.TalkAsync(5);
    }

    [Fact]
    public async Task A_file_turned_read_only_is_written_to_its_end_and_not_begun_again()
    {
        await using DaemonProcess daemon = await StartAsync("-r", ".");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        File.SetUnixFileMode(daemon.Directory.File("call=alice.o.rtp"), UnixFileMode.UserRead);
        await call.TalkAsync(30);
        (await control.AskAsync("N call alice bob")).ShouldBe("0");
        await Eventually.TrueAsync(
            () => new FileInfo(daemon.Directory.File("call=alice.o.rtp")).Length == 30 * AdHocRecord, "all packets are on the disk");
    }

    /// <summary>The length of a recording when it is closed: until then half a record may be there for a moment.</summary>
    private static async Task<long> LengthAsync(DaemonProcess daemon, string file)
    {
        await Eventually.TrueAsync(
            () => !Directory.EnumerateFiles($"/proc/{daemon.Id}/fd").Any(link => new FileInfo(link).LinkTarget == file), "it is closed");
        return new FileInfo(file).Length;
    }

    private static Task<DaemonProcess> StartAsync(params string[] options) => DaemonProcess.StartAsync(new DaemonSettings
    {
        LogLevel = "info",
        Options = ["-l", IPAddress.Loopback.ToString(), .. options],
    });
}
