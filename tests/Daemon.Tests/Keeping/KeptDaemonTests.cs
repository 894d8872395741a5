using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>The keeper as a process: start, end, signals, files.</summary>
public class KeptDaemonTests
{
    [Fact]
    public async Task The_pid_file_names_the_keeper_and_is_gone_with_it()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        daemon.Keeper.Id.ShouldNotBe(daemon.Relay);

        await daemon.Keeper.SignalAsync("TERM");

        (await daemon.Keeper.WaitForExitAsync()).ShouldBe(0);
        File.Exists(daemon.Keeper.PidFile).ShouldBeFalse();
        File.Exists(daemon.Keeper.Directory.File("unix.sock")).ShouldBeFalse();
    }

    [Fact]
    public async Task Options_that_the_relay_refuses_end_the_keeper_with_its_words()
    {
        ProgramResult result = await DaemonProcess.RunAsync("--keep", "-f", "-F", "-s", "unix:/nowhere/at/all.sock", "-p", "/dev/null");

        result.Status.ShouldBe(1);
        result.Error.ShouldContain("/nowhere/at/all.sock");
    }

    [Fact]
    public async Task Standard_input_cannot_be_kept()
    {
        ProgramResult result = await DaemonProcess.RunAsync("--keep", "-f", "-F", "-s", "stdio:", "-p", "/dev/null");

        result.Status.ShouldBe(1);
        result.Error.ShouldContain("no --keep");
    }

    [Fact]
    public async Task A_relay_that_is_told_to_end_by_itself_ends_the_keeper()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();

        await KeptDaemon.SignalAsync("TERM", daemon.Relay);

        (await daemon.Keeper.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_signal_for_an_upgrade_that_reaches_the_relay_too_does_not_end_it()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        int relay = daemon.Relay;

        await KeptDaemon.SignalAsync("USR2", relay);
        (await daemon.Keeper.AskAsync("V")).ShouldNotBeEmpty();

        daemon.Relay.ShouldBe(relay);
    }

    [Fact]
    public async Task In_the_background_the_keeper_is_what_goes_on()
    {
        DaemonSettings settings = new() { Foreground = false, Options = ["--keep"] };
        await using DaemonProcess keeper = await DaemonProcess.StartAsync(settings);

        (await keeper.AskAsync("V")).ShouldNotBeEmpty();
        keeper.ExitStatus.ShouldBe(0);
        await keeper.SignalAsync("TERM");
        await Eventually.TrueAsync(() => !File.Exists(keeper.PidFile), "the keeper ends");
    }
}
