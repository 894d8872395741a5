using System.Diagnostics;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.Daemon.Tests.Processes;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>No signal to the keeper is lost, whenever it comes (ADR 28).</summary>
public class KeeperSignalTests
{
    // SIGHUP, SIGINT, SIGUSR1, SIGUSR2, SIGTERM: bit N - 1 for signal N.
    private const ulong OfKeeper = 1ul << 0 | 1ul << 1 | 1ul << 9 | 1ul << 11 | 1ul << 14;

    private const string HoldsKeeper = "-n";
    private const string HoldsRelay = "-z";

    [Fact]
    public async Task No_thread_of_the_keeper_is_interrupted_by_them()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();

        await ShouldBeKeptAsync("as it is started");
        await daemon.UpgradeWhollyAsync();
        await ShouldBeKeptAsync("in its next life");

        Task ShouldBeKeptAsync(string when) => Eventually.TrueAsync(
            () => (ProcessFacts.BlockedByAllThreads(daemon.Keeper.Id) & OfKeeper) == OfKeeper, when);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("USR1")]
    public async Task One_that_ends_it_while_it_becomes_another_program_ends_that(string signal)
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        Action goOn = await UpgradeUntilAsync(daemon, HoldsKeeper);

        await daemon.Keeper.SignalAsync(signal);
        goOn();

        (await daemon.Keeper.WaitForExitAsync()).ShouldBe(0);
        daemon.Keeper.Log.Text.ShouldContain("the keeper goes on as");
    }

    [Fact]
    public async Task A_drain_and_an_upgrade_that_come_then_are_done_by_that()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        Action goOn = await UpgradeUntilAsync(daemon, HoldsKeeper);
        int relay = daemon.Relay;

        await daemon.Keeper.SignalAsync("HUP");
        await daemon.Keeper.SignalAsync("USR2");
        goOn();

        await Eventually.TrueAsync(() => daemon.Relay != relay && daemon.Relays == 1, "another relay");
        (await control.AskAsync("U other 127.0.0.1 4000 tag")).ShouldBe("E99");
        await call.TalkAsync(5);
    }

    [Fact]
    public async Task Those_that_all_processes_get_do_not_end_a_relay_that_is_only_starting()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        int relay = daemon.Relay;
        Action goOn = await UpgradeUntilAsync(daemon, HoldsRelay);

        await KeptDaemon.SignalAsync("USR2", daemon.NewerRelay);
        await KeptDaemon.SignalAsync("HUP", daemon.NewerRelay);
        goOn();

        await Eventually.TrueAsync(() => daemon.Relay != relay && daemon.Relays == 1, "it takes over");
        await Eventually.TrueAsync(async () => await control.AskAsync("U other 127.0.0.1 4000 tag") == "E99", "it drains");
        await call.TalkAsync(5);
    }

    /// <summary>Asks for an upgrade to a program that waits, as the keeper or as the relay, before it becomes the executable.</summary>
    /// <returns>Lets it go on; what is started later does not wait.</returns>
    private static async Task<Action> UpgradeUntilAsync(KeptDaemon daemon, string who)
    {
        // Reading from a pipe, and not by another program: a shell that waits for one lets all signals through.
        string here = daemon.Keeper.Directory.File("here");
        string pipe = daemon.Keeper.Directory.File("pipe");
        using (Process mkfifo = Process.Start("/usr/bin/mkfifo", pipe))
        {
            await mkfifo.WaitForExitAsync();
        }

        daemon.Install(
            $"[ {who} \"$RTPPROXY_KEEPER_STATE\" ] && : > '{here}' && read go < '{pipe}'; exec '{Executables.Daemon}' \"$@\"");
        await daemon.Keeper.SignalAsync("USR2");
        await Eventually.TrueAsync(() => File.Exists(here), "it waits");
        return () =>
        {
            daemon.Install(script: null);
            using FileStream both = new(pipe, FileMode.Open, FileAccess.ReadWrite); // does not wait for one that reads
            both.Write("go\n"u8);
        };
    }
}
