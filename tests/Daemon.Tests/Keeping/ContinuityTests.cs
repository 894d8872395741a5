using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.Daemon.Tests.Watching;
using RtpProxy.Media.Recording;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>Calls, and what may happen to their relay: the trials of docs/continuity.md, on the executable.</summary>
public class ContinuityTests
{
    [Fact]
    public async Task A_call_goes_on_when_its_relay_is_killed()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        await call.TalkAsync(5);

        await daemon.KillAsync();

        await call.TalkAsync(5);
        await ShouldKnowAsync(control, call);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task What_is_sent_while_there_is_no_relay_arrives()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        await call.TalkAsync(5);
        int relay = daemon.Relay;

        await KeptDaemon.StopAsync(relay);
        call.Caller.Say();
        call.Callee.Say();
        await daemon.KillAsync();

        await call.Callee.HearAsync();
        await call.Caller.HearAsync();
    }

    [Fact]
    public async Task Whatever_was_installed_meanwhile_a_relay_that_dies_is_followed_by_its_own_program()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        daemon.Install("exit 3");

        for (int deaths = 0; deaths < 2; deaths++)
        {
            int relay = await daemon.KillAsync();
            await call.TalkAsync(5);
            File.ReadAllText($"/proc/{relay}/comm").Trim().ShouldBe("rtpproxy");
        }

        await daemon.Keeper.Log.WaitForAsync("the same is started again");
        await ShouldKnowAsync(control, call);
    }

    [Theory]
    [InlineData("options.toml", "timeout = 61", "timeout = 62")]
    [InlineData("modules.conf", "modules { catch_dtmf { } }", "modules { catch_dtmf { } } # again")]
    public async Task What_is_edited_in_a_configuration_file_counts_from_the_next_upgrade_on_and_not_after_a_death(
        string name, string text, string other)
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync(
            directory => File.WriteAllText(directory.File(name), text), "--config", name);
        string file = daemon.Keeper.Directory.File(name);
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        await File.WriteAllTextAsync(file, "half of an = = edit {", TestContext.Current.CancellationToken);
        await daemon.Keeper.SignalAsync("USR2");
        await daemon.Keeper.Log.WaitForAsync("upgrade: not done");

        for (int deaths = 0; deaths < 2; deaths++)
        {
            await daemon.KillAsync();
            await call.TalkAsync(5);
        }

        await daemon.Keeper.Log.WaitForAsync("relays that have died: 2"); // before that it is only starting
        await daemon.Keeper.Log.WaitForAsync($"{name} is not as it was when it was read");
        await File.WriteAllTextAsync(file, other, TestContext.Current.CancellationToken);
        await daemon.UpgradeWhollyAsync();
        await File.WriteAllTextAsync(file, "wrong again {", TestContext.Current.CancellationToken);
        await daemon.KillAsync();
        await call.TalkAsync(5);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task What_records_are_written_to_and_a_watcher_may_be_gone_when_a_relay_dies()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync(
            directory =>
            {
                Directory.CreateDirectory(directory.File("records"));
                FakeWatcher.Make(directory, FakeWatcher.UntilTheEnd);
            },
            "--cdr", "records/calls.json", "--http", "127.0.0.1:0");
        string records = daemon.Keeper.Directory.File("records");
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        Directory.Delete(records, recursive: true);
        Directory.Delete(daemon.Keeper.Directory.File("bin"), recursive: true);

        await daemon.KillAsync();

        await call.TalkAsync(5);
        await daemon.Keeper.Log.WaitForAsync("it is tried again for each of them");
        Directory.CreateDirectory(records);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
        string file = Path.Combine(records, "calls.json");
        await Eventually.TrueAsync(() => File.Exists(file) && new FileInfo(file).Length > 0, "the record of the call");
    }

    [Fact]
    public async Task Names_in_options_are_not_asked_for_again_when_a_relay_dies()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "hosts of its own need root");
        await using KeptDaemon daemon = await KeptDaemon.StartWithHostsAsync(
            "127.0.0.1 collector.invalid", "--hep", "udp:collector.invalid:9060", "-n", "tcp:collector.invalid:9000");
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        await daemon.UpgradeWhollyAsync();
        await File.WriteAllTextAsync(daemon.Keeper.Directory.File("hosts"), "", TestContext.Current.CancellationToken);

        await daemon.KillAsync();
        await call.TalkAsync(5);
        await daemon.KillAsync();

        await call.TalkAsync(5);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task The_directory_of_the_start_may_be_gone_when_a_relay_dies()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartBelowAsync("start", "--dso", "acct_csv", "--cdr", "calls.json");
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        Directory.Delete(daemon.Keeper.Directory.File("start"), recursive: true);

        await daemon.KillAsync();
        await call.TalkAsync(5);
        await daemon.KillAsync();

        await call.TalkAsync(5);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task A_call_goes_on_through_upgrades()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        await call.TalkAsync(5);
        for (int i = 0; i < 3; i++)
        {
            await daemon.UpgradeAsync();
            await call.TalkAsync(5);
            await ShouldKnowAsync(control, call);
        }

        daemon.Keeper.HasExited.ShouldBeFalse();
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task A_command_that_is_repeated_after_an_upgrade_gets_the_answer_that_was_given()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        using var controller = new UdpClient();
        controller.Connect((IPEndPoint)daemon.Keeper.Socket(Transport.Udp).EndPoint!);
        (await AskRawAsync(controller, "again D c alice bob")).ShouldBe("again 0\n");

        for (int upgrades = 0; upgrades < 2; upgrades++)
        {
            await daemon.UpgradeWhollyAsync();
            (await AskRawAsync(controller, "again D c alice bob")).ShouldBe("again 0\n");
        }
    }

    [Fact]
    public async Task A_call_that_was_upgraded_goes_on_when_its_relay_is_killed()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall before = await MediaCall.SetUpAsync(control, "before");
        await daemon.UpgradeAsync();
        using MediaCall after = await MediaCall.SetUpAsync(control, "after");

        await daemon.KillAsync();

        await before.TalkAsync(3);
        await after.TalkAsync(3);
    }

    [Theory]
    [InlineData("exit 3", "ended with status 3")]
    [InlineData("exec sleep 600", "was not ready within 10 s")]
    [InlineData("exec \"$REAL\" -f -m 70000", "70000")]
    public async Task A_new_version_that_does_not_come_to_relay_changes_nothing(string script, string why)
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        int relay = daemon.Relay;
        daemon.Install(script.Replace("$REAL", Executables.Daemon, StringComparison.Ordinal));

        await daemon.Keeper.SignalAsync("USR2");

        await daemon.Keeper.Log.WaitForAsync("the relay goes on as it was");
        daemon.Keeper.Log.Text.ShouldContain(why);
        daemon.Relay.ShouldBe(relay);
        await call.TalkAsync(5);
        await Eventually.TrueAsync(() => daemon.Relays == 1, "the new version is gone");
    }

    [Fact]
    public async Task Another_number_of_workers_is_refused()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        daemon.Install($"exec {Executables.Daemon} \"$@\" --workers 3");

        await daemon.Keeper.SignalAsync("USR2");

        await daemon.Keeper.Log.WaitForAsync("the new one would have 3 workers and this one has 2");
        await call.TalkAsync(5);
    }

    [Fact]
    public async Task A_new_version_that_may_open_too_few_files_is_refused()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        List<MediaCall> calls = [];
        for (int i = 0; i < 60; i++)
        {
            calls.Add(await MediaCall.SetUpAsync(control, string.Create(CultureInfo.InvariantCulture, $"c{i}")));
        }

        daemon.Install($"ulimit -n 200; exec {Executables.Daemon} \"$@\"");

        await daemon.Keeper.SignalAsync("USR2");

        await daemon.Keeper.Log.WaitForAsync("the relay goes on as it was");
        foreach (MediaCall call in calls)
        {
            await call.TalkAsync(1);
            call.Dispose();
        }
    }

    [Fact]
    public async Task A_relay_goes_on_without_its_keeper_until_it_is_told_to_end()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        int relay = daemon.Relay;

        await daemon.Keeper.SignalAsync("KILL");

        await daemon.Keeper.Log.WaitForAsync("THE KEEPER HAS DIED");
        await ShouldGoOnAloneAsync(control, call, relay);
        File.Exists(daemon.Keeper.Directory.File("unix.sock")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_relay_that_stands_still_goes_on_when_its_keeper_dies()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        int relay = daemon.Relay;
        await KeptDaemon.StopAsync(relay);
        await daemon.Keeper.SignalAsync("USR2");
        await Eventually.TrueAsync(() => KeptDaemon.UnreadByRelay(relay) > 0, "it is told to stand still");

        await daemon.Keeper.SignalAsync("KILL");
        await KeptDaemon.SignalAsync("CONT", relay);

        await daemon.Keeper.Log.WaitForAsync("standing still");
        await ShouldGoOnAloneAsync(control, call, relay);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_relays_whose_keeper_dies_when_the_newer_one_may_go_on_the_first_that_moves_does(bool isOlder)
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        int older = daemon.Relay;
        await KeptDaemon.StopAsync(older);
        await daemon.Keeper.SignalAsync("USR2");
        await Eventually.TrueAsync(() => KeptDaemon.UnreadByRelay(older) > 0, "the older one is told to stand still: the newer one is ready");
        int newer = daemon.NewerRelay;
        await KeptDaemon.StopAsync(newer);
        await KeptDaemon.SignalAsync("CONT", older);
        await Eventually.TrueAsync(
            () => KeptDaemon.UnreadByRelay(newer) > 0 && ProcessStat.Read(daemon.Keeper.Id) is ["S", ..], "the newer one is told to go on");
        if (!isOlder)
        {
            await KeptDaemon.StopAsync(older);
        }

        await daemon.Keeper.SignalAsync("KILL");
        int first = isOlder ? older : newer;
        int second = isOlder ? newer : older;
        if (!isOlder)
        {
            await KeptDaemon.SignalAsync("CONT", first);
        }

        await call.TalkAsync(5);
        await KeptDaemon.SignalAsync("CONT", second);
        await Eventually.TrueAsync(() => !ProcessStat.IsAlive(second), "the other one ends");

        daemon.Keeper.Log.Text.ShouldContain(isOlder ? "the relay before this one goes on" : "another relay has taken over");
        await ShouldGoOnAloneAsync(control, call, first);
    }

    [Fact]
    public async Task Where_both_were_killed_the_next_start_finds_nothing_in_its_way()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        int relay = daemon.Relay;
        await KeptDaemon.StopAsync(daemon.Keeper.Id);
        await KeptDaemon.SignalAsync("KILL", relay);
        await daemon.Keeper.SignalAsync("KILL");
        await daemon.Keeper.WaitForExitAsync();

        ProgramResult second = await ProgramRun.InAsync(
            daemon.Keeper.Directory, "/bin/sh", "-c",
            $"{Executables.Daemon} -F -s unix:unix.sock -p rtpproxy.pid -D && kill $(cat rtpproxy.pid)");

        second.Status.ShouldBe(0, second.Error);
    }

    [Fact]
    public async Task A_recording_has_every_packet_of_an_upgrade_and_goes_on_after_a_death()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("-r", ".");
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        (await control.AskAsync("R c alice bob")).ShouldBe("0");

        await call.TalkAsync(10);
        await daemon.UpgradeAsync();
        await call.TalkAsync(10);
        await daemon.UpgradeAsync(); // which puts all that has come on the disk
        await daemon.KillAsync();
        await call.TalkAsync(10);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");

        string file = daemon.Keeper.Directory.File("c=alice.o.rtp");
        await Eventually.TrueAsync(() => SequenceNumbersIn(file, out _).Count >= 30, "all is on the disk");
        List<ushort> numbers = SequenceNumbersIn(file, out RecordingFault? fault);
        fault.ShouldBeNull();
        numbers.ShouldBe(Enumerable.Range(0, 30).Select(i => (ushort)(numbers[0] + i)));
    }

    [Fact]
    public async Task A_drain_goes_on()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        await daemon.Keeper.SignalAsync("HUP");
        await daemon.Keeper.Log.WaitForAsync("deorbiting");

        await daemon.KillAsync();

        await call.TalkAsync(3);
        (await control.AskAsync("U d 127.0.0.1 9 alice")).ShouldStartWith("E");
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
        (await daemon.Keeper.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_command_that_waited_through_a_death_meets_the_drain()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "c");
        await daemon.Keeper.SignalAsync("HUP");
        await daemon.Keeper.Log.WaitForAsync("deorbiting");
        using var controller = new UdpClient();
        controller.Connect((IPEndPoint)daemon.Keeper.Socket(Transport.Udp).EndPoint!);

        await KeptDaemon.StopAsync(daemon.Relay);
        for (int i = 0; i < 20; i++)
        {
            await controller.SendAsync(Encoding.ASCII.GetBytes($"{i} U d{i} 127.0.0.1 9 alice"));
        }

        await daemon.KillAsync();

        for (int i = 0; i < 20; i++)
        {
            using CancellationTokenSource deadline = new(Eventually.Deadline);
            Encoding.ASCII.GetString((await controller.ReceiveAsync(deadline.Token)).Buffer).ShouldEndWith(" E99\n");
        }
    }

    [Fact]
    public async Task Many_upgrades_leak_no_descriptor()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        await daemon.UpgradeWhollyAsync();
        int before = DescriptorsOf(daemon.Keeper.Id);
        for (int i = 0; i < 5; i++)
        {
            using MediaCall call = await MediaCall.SetUpAsync(control, "c");
            await daemon.UpgradeWhollyAsync();
            await call.TalkAsync(1);
            (await control.AskAsync("D c alice bob")).ShouldBe("0");
        }

        await Eventually.TrueAsync(() => DescriptorsOf(daemon.Keeper.Id) <= before, "the keeper holds no more than before");
    }

    private static async Task<string> AskRawAsync(UdpClient controller, string datagram)
    {
        await controller.SendAsync(Encoding.ASCII.GetBytes(datagram));
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        return Encoding.ASCII.GetString((await controller.ReceiveAsync(deadline.Token)).Buffer);
    }

    private static List<ushort> SequenceNumbersIn(string recording, out RecordingFault? fault)
    {
        using FileStream file = File.OpenRead(recording);
        RecordingReader reader = new(file);
        List<ushort> numbers = [];
        while (reader.TryRead(out RecordedPacket packet))
        {
            numbers.Add(BinaryPrimitives.ReadUInt16BigEndian(packet.Bytes[2..]));
        }

        fault = reader.Fault;
        return numbers;
    }

    // A command finds the session where it was: an answer to it keeps its ports.
    /// <summary>With the calls that there are, and those to come, until it is told to end.</summary>
    private static async Task ShouldGoOnAloneAsync(ControlClient control, MediaCall call, int relay)
    {
        await call.TalkAsync(5);
        using MediaCall other = await MediaCall.SetUpAsync(control, "d");
        await other.TalkAsync(5);
        await KeptDaemon.SignalAsync("TERM", relay);
        await Eventually.TrueAsync(() => !ProcessStat.IsAlive(relay), "the relay ends");
    }

    private static async Task ShouldKnowAsync(ControlClient control, MediaCall call)
    {
        string reply = await control.AskAsync($"L {call.Id} 127.0.0.1 {call.Callee.Local.Port} alice bob");
        reply.Split(' ')[0].ShouldBe(call.Caller.Remote.Port.ToString(CultureInfo.InvariantCulture));
    }

    // Not those of assemblies, of which a program that is not published opens more as it needs them.
    private static int DescriptorsOf(int process) => Directory.GetFiles($"/proc/{process}/fd")
        .Count(file => new FileInfo(file).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) is not true);
}
