using System.Net;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>No recording is overwritten and none is lost, whatever happens to the daemon.</summary>
public sealed class RecordingNamesTests
{
    [Theory]
    [InlineData("", "R call alice bob", "call=alice{0}.o.rtp", "call=alice{0}.o.rtcp")]
    [InlineData("-P", "R call alice bob", "call=alice{0}.o.rtp", "call=alice{0}.o.rtcp")]
    [InlineData("-P", "Rs call alice bob", "call=alice{0}.pcap")]
    [InlineData("-P", "C call name alice bob", "name{0}.rtp", "name{0}.rtcp")]
    [InlineData("-P", "Cs call name alice bob", "name{0}")]
    [InlineData("-P", "Cs call name.pcap alice bob", "name{0}.pcap")]
    public async Task A_recording_begun_again_gets_the_next_number(string option, string command, params string[] names)
    {
        await using DaemonProcess daemon = await StartAsync([.. option.Length > 0 ? [option] : Array.Empty<string>(), "-r", "rec"]);
        string directory = Directory.CreateDirectory(daemon.Directory.File("rec")).FullName;
        File.WriteAllText(Path.Combine(directory, names[^1].Replace("{0}", "", StringComparison.Ordinal)), "precious");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        List<string> expected = [names[^1].Replace("{0}", "", StringComparison.Ordinal)];
        for (int number = 1; number <= 3; number++)
        {
            (await control.AskAsync(command)).ShouldBe("0");
            await call.TalkAsync(5);
            (await control.AskAsync("Na call alice bob")).ShouldBe("0");
            expected.AddRange(names.Select(name => name.Replace("{0}", $".{number}", StringComparison.Ordinal)));
        }

        await daemon.SignalAsync("TERM");
        await daemon.WaitForExitAsync();
        Directory.GetFiles(directory).Select(Path.GetFileName).ShouldBe(expected, ignoreOrder: true);
        (await File.ReadAllTextAsync(Path.Combine(directory, expected[0]))).ShouldBe("precious");
        new FileInfo(Path.Combine(directory, names[0].Replace("{0}", ".3", StringComparison.Ordinal))).Length.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("-P", "call=alice.o.rtp", "call=alice.o.rtcp")]
    [InlineData("-R", "call=alice.o.rtp")]
    public async Task What_a_killed_daemon_left_in_the_spool_is_moved_at_the_next_start(string option, params string[] names)
    {
        using WorkingDirectory kept = new();
        string spool = Directory.CreateDirectory(kept.File("spool")).FullName;
        string final = Directory.CreateDirectory(kept.File("final")).FullName;
        await using DaemonProcess killed = await StartAsync(option, "-r", final, "-S", spool);
        await using ControlClient control = await killed.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("R call alice bob")).ShouldBe("0");
        await call.TalkAsync(100);
        await Eventually.TrueAsync(() => new FileInfo(Path.Combine(spool, names[0])).Length > 10_000, "most of it is on the disk");

        File.WriteAllBytes(Path.Combine(spool, "left.rtp"), [2, 0, .. new byte[200]]);
        await using DaemonProcess beside = await StartAsync(option, "-r", final, "-S", spool);
        await beside.Log.WaitForAsync("moved 1 recordings that an earlier run left in the spool");
        Directory.GetFiles(spool).Select(Path.GetFileName).ShouldBe(names, ignoreOrder: true, "what the other daemon writes is its own");
        await killed.SignalAsync("KILL");
        await killed.WaitForExitAsync();
        await using DaemonProcess next = await StartAsync(option, "-r", final, "-S", spool);

        await next.Log.WaitForAsync($"moved {names.Length} recordings that an earlier run left in the spool");
        Directory.GetFiles(spool).ShouldBeEmpty();
        Directory.GetFiles(final).Select(Path.GetFileName).ShouldBe([.. names, "left.rtp"], ignoreOrder: true);
        new FileInfo(Path.Combine(final, names[0])).Length.ShouldBeGreaterThan(10_000);
    }

    private static Task<DaemonProcess> StartAsync(params string[] options) => DaemonProcess.StartAsync(new DaemonSettings
    {
        LogLevel = "info",
        Options = ["-l", IPAddress.Loopback.ToString(), .. options],
    });
}
