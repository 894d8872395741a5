using System.Globalization;
using System.Text;
using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.Daemon.Tests.Processes;
using RtpProxy.Daemon.Watching;
using RtpProxy.Hosting;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Watching;

public sealed class WatcherKeeperTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();
    private readonly RecordedLog _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_watcher_asks_over_the_connection_that_it_inherits_and_is_told_where_it_is()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, $$"""
            echo "$@" >{{_directory.File("arguments.new")}}
            mv {{_directory.File("arguments.new")}} {{_directory.File("arguments")}}
            echo '{"id":5,"ask":"hello"}' >&3
            head -n 1 <&3 >{{_directory.File("reply.new")}}
            mv {{_directory.File("reply.new")}} {{_directory.File("reply")}}
            {{FakeWatcher.UntilTheEnd}}
            """);

        await Eventually.TrueAsync(() => File.Exists(_directory.File("reply")));

        File.ReadAllText(_directory.File("arguments")).ShouldBe("--node fd:3 --http 127.0.0.1:8880\n");
        AdminReply? reply = JsonSerializer.Deserialize(File.ReadAllText(_directory.File("reply")), AdminJson.Default.AdminReply);
        reply!.Id.ShouldBe(5);
        reply.Hello.ShouldNotBeNull().Version.ShouldBe("test");
    }

    [Fact]
    public async Task It_inherits_no_other_descriptor_and_nothing_of_our_priority()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, "exec sleep 1000 <&3");
        int pid = await StartedAsync(1);
        await Eventually.TrueAsync(() => File.ReadAllText($"/proc/{pid}/comm") == "sleep\n");

        // Once the loader has closed the libraries that it opened: what were inherited would stay.
        await Eventually.TrueAsync(
            () => Directory.GetFiles($"/proc/{pid}/fd").Select(Path.GetFileName).Order().SequenceEqual(["0", "1", "2", "3"]));
        string[] stat = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ');
        stat[16].ShouldBe("5"); // nice, field 19
        File.ReadAllText($"/proc/{pid}/oom_score_adj").ShouldBe("500\n");
    }

    [Fact]
    public async Task Nor_signals_that_are_kept_from_who_starts_it()
    {
        const int Hangup = 1;
        string program = FakeWatcher.Make(_directory, FakeWatcher.UntilTheEnd);
        ChildProcess? child = null;
        Thread starter = new(() =>
        {
            SignalDisposition.KeepFromThisThread(Hangup);
            child = ChildProcess.Start(program, []);
        });

        starter.Start();
        starter.Join();

        using (child.ShouldNotBeNull())
        {
            ProcessFacts.BlockedByAllThreads(child.Id).ShouldBe(0ul);
            child.Kill();
            await Eventually.TrueAsync(() => child.TryReap() is not null, "it ends");
        }
    }

    [Fact]
    public async Task What_it_says_goes_to_the_log_harmlessly()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, $"""
            printf 'one\ntwo\033[2Jthree\n' >&2
            head -c 100000 /dev/zero | tr '\000' x >&2
            echo >&2
            {FakeWatcher.UntilTheEnd}
            """);

        await _log.WaitForAsync("watcher: one");
        await _log.WaitForAsync(@"watcher: two\x1B[2Jthree");
        (await _log.WaitForAsync("watcher: xxx")).Length.ShouldBeLessThan(1100);
    }

    [Fact]
    public async Task A_watcher_that_is_killed_is_started_again_and_counted()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, FakeWatcher.UntilTheEnd);
        int first = await StartedAsync(1);

        Kill(first);

        await StartedAsync(2);
        _log.Count($"pid {first} has ended with status 137").ShouldBe(1);
        Directory.Exists($"/proc/{first}").ShouldBeFalse(); // reaped
        (await RestartsAsync(host)).ShouldBe(1UL);
    }

    [Fact]
    public async Task Pauses_grow_while_it_does_not_last()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, "exit 3");

        await Eventually.TrueAsync(() => _log.Count("again in 0.16 s") >= 2);

        _log.Lines.Where(line => line.Contains("again in", StringComparison.Ordinal))
            .Select(line => line.Split("again in ")[1].Split(' ')[0]).Take(5).ShouldBe(["0.02", "0.04", "0.08", "0.16", "0.16"]);
        _log.Count("has ended with status 3").ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task What_cannot_be_executed_is_told_and_tried_again()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, _directory.Path, program: _directory.Path);

        await _log.WaitForAsync($"{_directory.Path} cannot be started: Permission denied");
        await _log.WaitForAsync("again in 0.04 s");
    }

    [Fact]
    public async Task One_that_does_not_read_is_ended_and_started_again()
    {
        await using RelayHost host = StartHost(writePatience: TimeSpan.FromMilliseconds(200));
        await using WatcherKeeper keeper = Keep(host, "while :; do echo '{\"ask\":\"counters\"}' >&3; done");

        await _log.WaitForAsync("after it had not read what it asked for");
        await StartedAsync(2);
    }

    [Fact]
    public async Task One_that_asks_nothing_any_more_is_ended_and_started_again()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(
            host, "echo '{\"ask\":\"counters\"}' >&3; exec sleep 1000", askPatience: TimeSpan.FromMilliseconds(300));

        await _log.WaitForAsync("has ended with status 137, after it had not asked anything for 0.3 s");
        await StartedAsync(2);
    }

    [Fact]
    public async Task One_that_asks_again_and_again_is_left_alone()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(
            host,
            $"for n in 1 2 3 4 5 6 7 8 9; do echo '{{\"ask\":\"hello\"}}' >&3; sleep 0.4; done; echo >{_directory.File("all")}; exit 7",
            askPatience: TimeSpan.FromSeconds(3)); // which a busy machine does not use up between two questions

        await _log.WaitForAsync("has ended with status 7");
        File.Exists(_directory.File("all")).ShouldBeTrue();
        _log.Count("had not asked").ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_ends_of_its_options_before_it_serves_is_told_to_who_starts_us(int status)
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(
            host,
            $"echo 'rtpproxywatch: --http 1.2.3.4:5: in use; expected another' >&2; exit {status}",
            addressPatience: TimeSpan.Zero,
            firstPause: TimeSpan.FromMinutes(10));

        WatcherEnd? end = keeper.WaitForBegin(Eventually.Deadline, CancellationToken.None);

        end.ShouldNotBeNull().Reason.ShouldBe("--http 1.2.3.4:5: in use; expected another");
        _log.Count("watcher: ").ShouldBe(0);
        _log.Count("again in").ShouldBe(0);
    }

    [Fact]
    public async Task Where_nobody_minds_that_it_is_started_again_all_the_same()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, "exit 1", addressPatience: TimeSpan.Zero);

        await StartedAsync(3);
    }

    [Fact]
    public async Task What_it_ends_of_later_is_told_with_its_reason_and_how_often_in_a_row()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(
            host, "echo '{\"ask\":\"hello\"}' >&3; echo 'rtpproxywatch: the reason' >&2; head -n 1 <&3 >/dev/null; exit 2");

        keeper.WaitForBegin(Eventually.Deadline, CancellationToken.None).ShouldBeNull();
        await _log.WaitForAsync("has ended with status 2: the reason; ends in a row: 3");
    }

    [Fact]
    public async Task A_start_does_not_wait_for_one_that_takes_its_time()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, "exec sleep 1000");

        keeper.WaitForBegin(TimeSpan.FromMilliseconds(50), CancellationToken.None).ShouldBeNull();

        _log.Count("the watcher does not serve yet after 0.05 s").ShouldBe(1);
    }

    [Fact]
    public async Task One_that_lets_its_connection_go_and_stays_is_ended()
    {
        await using RelayHost host = StartHost();
        await using WatcherKeeper keeper = Keep(host, "exec sleep 1000 3>&-");
        int pid = await StartedAsync(1);

        await _log.WaitForAsync($"pid {pid} has ended with status 137");
    }

    [Theory]
    [InlineData(FakeWatcher.UntilTheEnd)]
    [InlineData("exec sleep 1000")]
    public async Task It_ends_with_the_keeper_whether_it_listens_or_not(string script)
    {
        await using RelayHost host = StartHost();
        WatcherKeeper keeper = Keep(host, script);
        int pid = await StartedAsync(1);

        await keeper.DisposeAsync();

        Directory.Exists($"/proc/{pid}").ShouldBeFalse();
        _log.Count("again in").ShouldBe(0);
    }

    private RelayHost StartHost(TimeSpan? writePatience = null)
    {
        var host = new RelayHost(
            new RelayHostOptions
            {
                Addresses = new BindAddresses { Entries = [new LocalAddress(System.Net.IPAddress.Loopback)] },
                Admin = new AdminOptions { ProgramVersion = "test", WritePatience = writePatience ?? TimeSpan.FromSeconds(20) },
            },
            _log);
        host.OpenControlSockets();
        host.Start();
        return host;
    }

    private WatcherKeeper Keep(
        RelayHost host,
        string script,
        string? program = null,
        TimeSpan? askPatience = null,
        TimeSpan? addressPatience = null,
        TimeSpan? firstPause = null)
    {
        var keeper = new WatcherKeeper(
            program ?? FakeWatcher.Make(_directory, script), ["--http", "127.0.0.1:8880"], host.Admin!, _log)
        {
            FirstPause = firstPause ?? TimeSpan.FromMilliseconds(20),
            LongestPause = TimeSpan.FromMilliseconds(160),
            AskPatience = askPatience ?? TimeSpan.FromSeconds(60),
            AddressPatience = addressPatience ?? TimeSpan.FromSeconds(2),
        };
        keeper.Start();
        return keeper;
    }

    /// <summary>Waits for so many starts.</summary>
    /// <returns>The pid of the last of them.</returns>
    private async Task<int> StartedAsync(int count)
    {
        const string Text = "the watcher has started, pid ";
        await Eventually.TrueAsync(() => _log.Count(Text) >= count, $"start {count} of the watcher");
        string line = _log.Lines.Where(line => line.StartsWith(Text, StringComparison.Ordinal)).ElementAt(count - 1);
        return int.Parse(line[Text.Length..], CultureInfo.InvariantCulture);
    }

    private static void Kill(int pid)
    {
        using var kill = System.Diagnostics.Process.Start("/bin/kill", ["-KILL", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task<ulong> RestartsAsync(RelayHost host)
    {
        (System.Net.Sockets.Socket ours, System.Net.Sockets.Socket theirs) = await SocketPairs.ConnectAsync();
        using (ours)
        {
            Task serving = host.Admin!.ServeAsync(theirs, Timeout.InfiniteTimeSpan, static () => { }, CancellationToken.None);
            await ours.SendAsync("{\"ask\":\"counters\"}\n"u8.ToArray());
            using var reader = new StreamReader(new System.Net.Sockets.NetworkStream(ours), Encoding.UTF8);
            string? line = await reader.ReadLineAsync();
            ours.Close();
            await serving;
            return JsonSerializer.Deserialize(line!, AdminJson.Default.AdminReply)!.Counters!.WatcherRestarts;
        }
    }
}
