using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>
/// Several controllers at once play, record, copy, stop and delete the same few calls while their media flows, in any order
/// that chance brings. Nothing crashes, and nothing is left behind.
/// </summary>
public sealed class HurryTests
{
    private const int Controllers = 4;
    private const int CommandsEach = 400;

    private static readonly string[] Commands =
    [
        "P-1 {0} tone 0 alice bob", "P3 {0} tone 0,8 bob alice", "P {0} absent 0 alice bob", "S {0} alice bob", "S {0} bob alice",
        "R {0} alice bob", "R {0} bob alice", "Rs {0} alice bob", "N {0} alice bob", "Na {0} bob alice",
        "C {0} copy{0} alice bob", "C {0} udp:127.0.0.1:9 bob alice", "Cp {0} udp:localhost:9 alice bob", "Cs {0} single{0} bob alice",
        "D {0} alice bob", "D {0} alice bob", "Uz20 {0} 127.0.0.1 9 alice", "L {0} 127.0.0.1 11 alice bob", "L {0} 127.0.0.1 11 alice bob",
        "U copy-{0} 127.0.0.1 13 r1 r2 && C {0} alice bob && L 127.0.0.1 15", "R copy-{0} r1 r2", "D copy-{0} r1 r2",
    ];

    [Theory]
    [InlineData("1", "")]
    [InlineData("2", "")]
    [InlineData("2", "-P")]
    public async Task Commands_about_the_same_calls_at_once_leave_nothing_behind(string workers, string option)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            LogLevel = "crit",
            Options = ["-l", "127.0.0.1", "-r", ".", "--workers", workers, .. option.Length > 0 ? [option] : Array.Empty<string>()],
        });
        File.WriteAllBytes(daemon.Directory.File("tone.0"), new byte[240]);
        await using ControlClient control = await daemon.ConnectAsync();
        await control.AskAsync("G nsess_created");
        int before = OpenSocketsAndFiles(daemon);

        await Task.WhenAll(Enumerable.Range(0, Controllers).Select(number => HurryAsync(daemon, number)));

        (await control.AskAsync("X")).ShouldBe("0");
        string[] counters = (await control.AskAsync("G nplrs_created nplrs_destroyed nsess_created nsess_destroyed")).Split(' ');
        counters[0].ShouldBe(counters[1]);
        counters[2].ShouldBe(counters[3]);
        int.Parse(counters[0], null).ShouldBeGreaterThan(10, "something was played");
        await Eventually.TrueAsync(() => OpenSocketsAndFiles(daemon) <= before, "all sockets and files are closed");
    }

    private static async Task HurryAsync(DaemonProcess daemon, int number)
    {
        Random chance = new(number);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaPhone phone = new(System.Net.IPAddress.Loopback);
        for (int i = 0; i < CommandsEach; i++)
        {
            string command = string.Format(null, Commands[chance.Next(Commands.Length)], $"call{chance.Next(3)}");
            (await control.AskAsync(command)).ShouldNotBeNullOrEmpty(command);
            phone.Remote = new(System.Net.IPAddress.Loopback, chance.Next(daemon.Ports.Min, daemon.Ports.Min + 40));
            phone.Say();
        }
    }

    /// <summary>The runtime's own files, pipes and event counters come when they are first needed, and stay.</summary>
    private static int OpenSocketsAndFiles(DaemonProcess daemon) => Directory.GetFiles($"/proc/{daemon.Id}/fd")
        .Select(link => new FileInfo(link).LinkTarget)
        .Count(target => target is not null
            && (target.StartsWith("socket:", StringComparison.Ordinal)
                || target.StartsWith(daemon.Directory.Path, StringComparison.Ordinal)));
}
