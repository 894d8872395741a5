using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.Ctl.Doctor;
using RtpProxy.Ctl.Doctor.Checks;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task A_healthy_host_has_nothing_to_change()
    {
        using RecordedHost host = RecordedHost.Healthy();

        Dictionary<string, JsonElement[]> found = await ExamineAsync(host, 0);

        found.SelectMany(pair => pair.Value).Where(finding => Severity(finding) is not ("fine" or "unknown")).ShouldBeEmpty();
        Only(found, "descriptors").ShouldContain("2 of 200000 descriptors");
        Only(found, "socket-drops").ShouldContain("none of its 1 UDP sockets");
        Only(found, "port-range").ShouldContain("about 7500 sessions fit");
        Only(found, "driver").ShouldContain("files of another machine hold none");
        Only(found, "mtu").ShouldBe("eth0 1500");
    }

    [Theory]
    [InlineData("/proc/net/softnet_stat", "00001000 00000007 00000000\n", "backlog", "warning", "7 packets of 4096", "netdev_max_backlog")]
    [InlineData("/proc/sys/net/core/rmem_max", "212992\n", "socket-buffers", "note", "is 212992", "net.core.rmem_max=1048576")]
    [InlineData("/proc/sys/net/ipv4/ip_local_reserved_ports", "\n", "port-range", "warning", "35000 to 65000 overlap the ports 32768 to 60999", "ip_local_reserved_ports=35000-60999")]
    [InlineData("/proc/sys/net/ipv4/ip_local_reserved_ports", "35000-36000\n", "port-range", "warning", "(26000 ports)", "ip_local_reserved_ports=35000-60999")]
    [InlineData("/sys/devices/system/clocksource/clocksource0/current_clocksource", "acpi_pm\n", "clock", "warning", "acpi_pm", "echo tsc >")]
    [InlineData("/proc/stat", "cpu  100 0 50 800 10 0 5 100 0 0\ncpu0 1 0 1 1 1\n", "steal", "warning", "took 9.4 %", "less shared")]
    [InlineData("/proc/stat", "cpu  100 0 50 100 10 0 5 800 0 0\ncpu0 1 0 1 1 1\n", "steal", "fault", "took 75.1 %", "less shared")]
    [InlineData("/sys/class/net/eth0/mtu", "1400\n", "mtu", "note", "1400 bytes", "mtu 1500")]
    [InlineData("/sys/class/net/eth0/statistics/rx_missed_errors", "12\n", "interface-drops", "note", "eth0: 12 received packets", null)]
    [InlineData("/proc/net/snmp", "Udp: InDatagrams InErrors RcvbufErrors SndbufErrors\nUdp: 5 3 2 0\n", "udp-errors", "note", "2 datagrams found the buffer", "socket-drops")]
    public async Task What_is_wrong_is_told_with_what_to_change(
        string path, string text, string check, string severity, string words, string? change)
    {
        using RecordedHost host = RecordedHost.Healthy().With(path, text);
        int code = severity switch { "fault" => 5, "warning" => 4, _ => 0 };

        JsonElement finding = (await ExamineAsync(host, code))[check].ShouldHaveSingleItem();

        Severity(finding).ShouldBe(severity);
        Text(finding).ShouldContain(words);
        if (change is not null)
        {
            finding.GetProperty("change").GetString()!.ShouldContain(change);
        }
    }

    [Theory]
    [InlineData(1000, "fine")]
    [InlineData(9000, "warning")]
    [InlineData(9900, "fault")]
    public async Task A_table_of_connections_that_fills_is_told_with_the_rule_that_leaves_media_out(int count, string severity)
    {
        using RecordedHost host = RecordedHost.Healthy()
            .With("/proc/sys/net/netfilter/nf_conntrack_count", $"{count}\n")
            .With("/proc/sys/net/netfilter/nf_conntrack_max", "10000\n");

        JsonElement finding = (await ExamineAsync(host, severity switch { "fault" => 5, "warning" => 4, _ => 0 }))["conntrack"].ShouldHaveSingleItem();

        Severity(finding).ShouldBe(severity);
        if (severity != "fine")
        {
            finding.GetProperty("change").GetString()!.ShouldContain("udp dport 35000-65000 notrack");
        }
    }

    [Fact]
    public async Task The_filter_of_reverse_paths_matters_where_there_are_several_cards()
    {
        using RecordedHost host = RecordedHost.Healthy().With("/proc/sys/net/ipv4/conf/eth0/rp_filter", "1\n");
        Only(await ExamineAsync(host, 0), "reverse-path").ShouldContain("one card only");

        host.WithCard("eth1").With("/proc/sys/net/ipv4/conf/eth1/rp_filter", "2\n");

        JsonElement finding = (await ExamineAsync(host, 4))["reverse-path"].ShouldHaveSingleItem();
        Text(finding).ShouldContain("strict on eth0:");
        finding.GetProperty("change").GetString()!.ShouldBe("sysctl -w net.ipv4.conf.eth0.rp_filter=2");
    }

    [Fact]
    public async Task Daemons_are_told_apart_by_their_processes()
    {
        using RecordedHost host = RecordedHost.Healthy()
            .WithDaemon(5000, limit: 1024, drops: 17, options: "-f -m 40000 -M 40998")
            .WithReplacedExecutable(4711);

        Dictionary<string, JsonElement[]> found = await ExamineAsync(host, 4);

        found["socket-drops"].Select(Severity).ShouldBe(["fine", "warning"]);
        Text(found["socket-drops"][1]).ShouldContain("process 5000: 17 packets found no room");
        Text(found["descriptors"][1]).ShouldContain("2 of 1024 descriptors");
        Text(found["port-range"][1]).ShouldContain("40000 to 40998");
        found["old-daemons"].Select(Text).ShouldBe(
        [
            "process 4711 runs an executable that has been replaced since it was started; it has 1 UDP sockets open",
            "processes 4711 and 5000 listen on /run/rtpproxy.sock: only the one that came last is reached there",
        ]);
    }

    [Fact]
    public async Task A_keeper_and_its_relay_are_one_daemon()
    {
        using RecordedHost host = RecordedHost.Healthy().WithDaemon(4712, limit: 200_000, parent: 4711);

        Dictionary<string, JsonElement[]> found = await ExamineAsync(host, 0);

        Text(found["descriptors"].ShouldHaveSingleItem()).ShouldStartWith("process 4712: ");
        Text(found["old-daemons"].ShouldHaveSingleItem()).ShouldBe("1 process named rtpproxy; none is left behind");
    }

    [Fact]
    public async Task A_host_that_tells_nothing_is_unknown_and_not_at_fault()
    {
        using RecordedHost host = new();

        Dictionary<string, JsonElement[]> found = await ExamineAsync(host, 0);

        found.SelectMany(pair => pair.Value).Count(finding => Severity(finding) == "unknown").ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Hostile_files_do_no_harm()
    {
        using RecordedHost host = RecordedHost.Healthy();
        foreach (string file in Directory.GetFiles(host.Root, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).LinkTarget is null))
        {
            await File.WriteAllBytesAsync(file, [0xff, 0, .. "\e[2J 18446744073709551615 -1 \n\n ffffffffffffffff:ffff \u202e"u8], TestContext.Current.CancellationToken);
        }

        CtlProcess run = await CtlProcess.RunAsync("doctor", "--all", "--root", host.Root);

        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBeOneOf(0, 4, 5);
        run.Output.ShouldNotContain('\e');
    }

    [Fact]
    public async Task People_are_told_the_worst_first_and_what_is_in_order_only_when_they_ask()
    {
        using RecordedHost host = RecordedHost.Healthy()
            .With("/proc/sys/net/core/rmem_max", "212992\n")
            .With("/proc/net/softnet_stat", "00001000 00000007 00000000\n");

        CtlProcess brief = await CtlProcess.RunAsync("doctor", "--root", host.Root);
        CtlProcess all = await CtlProcess.RunAsync("doctor", "--all", "--root", host.Root);

        (brief.ExitCode, brief.Errors).ShouldBe((4, ""));
        brief.Lines[0].ShouldStartWith("warning backlog          7 packets");
        brief.Lines[1].ShouldStartWith("                         -> sysctl -w net.core.netdev_max_backlog");
        brief.Lines[3].ShouldStartWith("note    socket-buffers");
        brief.Lines[^1].ShouldMatch("^[0-9]+ findings: 0 faults, 1 warnings, 1 notes, 1 unknown, [0-9]+ in order$");
        brief.Output.ShouldNotContain("ok      clock");
        all.Output.ShouldContain("ok      clock            the clock source is tsc");
    }

    [Fact]
    public async Task A_relay_that_is_away_is_a_fault_and_counts_as_no_reply()
    {
        CtlProcess run = await CtlProcess.RunAsync("doctor", "--seconds", "0", "-s", "cunix:/nonexistent.sock");

        run.ExitCode.ShouldBe(3);
        run.Output.ShouldContain("FAULT   relay            cunix:/nonexistent.sock: nothing listens there");
    }

    [Fact]
    public async Task What_the_relay_tells_is_judged_too()
    {
        int asked = 0;
        await using FakeAdmin relay = FakeAdmin.Start(request => request.Ask == AdminWords.Host
            ? new AdminReply { Host = new HostFigures { PortMin = 10_000, PortMax = 20_000, SessionsThatFit = 2500 } }
            : new AdminReply
            {
                Counters = new RelayCounters
                {
                    SessionsComplete = 7,
                    PortsUsed = 9_000,
                    PortsLimit = 10_000,
                    EventsLost = new Dictionary<string, ulong> { ["hep"] = 3, ["log"] = 0 },
                    Workers = [new WorkerFigures(0, 7, 1.5, new Histogram([0.001, 0.01, 0.1], [1000, 5, 20, (ulong)asked++], [0, 0, 0, 0]))],
                },
            });

        CtlProcess run = await CtlProcess.RunAsync("doctor", "--all", "--seconds", "0.1", "--timeout", "30", "--admin", relay.Url);

        run.ExitCode.ShouldBe(5);
        run.Output.ShouldContain($"ok      relay            {relay.Url}: version 9.8.7, pid 2147483647, up 3:0");
        run.Output.ShouldContain($"warning ports            {relay.Url}: 9000 of 10000 media ports are in use (90 %); 2500 sessions fit");
        run.Output.ShouldContain($"FAULT   worker-lag       {relay.Url}: worker 0: 21 (1 of them in the last ");
        run.Output.ShouldContain("warning lost-events      3 events did not reach 'hep'");
    }

    [Theory]
    [InlineData(false, 0, 0UL, "ok      keeper           {0}: not kept (--keep): its calls end with its process")]
    [InlineData(true, 0, 0UL, "ok      keeper           {0}: kept; its process may die or be upgraded without ending a call")]
    [InlineData(true, 2, 0UL, "warning keeper           {0}: 2 processes of it have died since its keeper was started; their calls went on")]
    [InlineData(false, 0, 3UL, "note    watcher          {0}: its watcher was started again 3 times")]
    public async Task Who_keeps_whom_running_is_told(bool isKept, int deaths, ulong restarts, string expected)
    {
        await using FakeAdmin relay = FakeAdmin.Start(
            request => request.Ask == AdminWords.Host
                ? new AdminReply { Host = new HostFigures() }
                : new AdminReply { Counters = new RelayCounters { WatcherRestarts = restarts } },
            hello: FakeAdmin.Hello with { Kept = isKept, Deaths = deaths });

        CtlProcess run = await CtlProcess.RunAsync("doctor", "--all", "--seconds", "0.1", "--timeout", "30", "--admin", relay.Url);

        run.Output.ShouldContain(string.Format(null, expected, relay.Url));
    }

    [Fact]
    public void What_the_cloud_takes_is_known_by_the_names_of_its_driver()
    {
        Examination host = WithDriver(
            new Dictionary<string, ulong> { ["pps_allowance_exceeded"] = 5, ["bw_in_allowance_exceeded"] = 2, ["queue_0_rx_cnt"] = 9, ["rx_queue_0_drops"] = 1 },
            new Dictionary<string, ulong> { ["pps_allowance_exceeded"] = 4, ["bw_in_allowance_exceeded"] = 2, ["queue_0_rx_cnt"] = 0, ["rx_queue_0_drops"] = 1 });

        InterfaceChecks.Driver(host).Select(finding => (finding.Severity, finding.Text)).ShouldBe(
        [
            (Doctor.Severity.Warning, "eth0: bw_in_allowance_exceeded: the cloud threw 2 packets away because this machine is allowed no more"),
            (Doctor.Severity.Fault, "eth0: pps_allowance_exceeded: the cloud threw 5 (1 of them in the last 1.0 s) packets away because this machine is allowed no more"),
            (Doctor.Severity.Note, "eth0: rx_queue_0_drops: 1, none now"),
        ]);
    }

    [Theory]
    [InlineData(35_000, 65_000, "rtpproxy", "-f")]
    [InlineData(20_000, 30_000, "rtpproxy", "-m", "20000", "-M30000")]
    [InlineData(35_000, 65_000, "rtpproxy", "-m", "nonsense", "-M")]
    public void The_range_of_ports_is_read_from_the_options(int min, int max, params string[] words) =>
        DaemonProcess.PortsOf(words).ShouldBe(new PortSpan(min, max));

    private static Examination WithDriver(Dictionary<string, ulong> now, Dictionary<string, ulong> before)
    {
        return new Examination(new HostFiles("/nonexistent"), TimeSpan.FromSeconds(1), Sample(before), Sample(now), [], [], [], []);

        static HostSample Sample(Dictionary<string, ulong> driver) => new(
            null, null, null, null, new Dictionary<string, InterfaceSample> { ["eth0"] = new(1500, true, 0, driver, "") });
    }

    private static async Task<Dictionary<string, JsonElement[]>> ExamineAsync(RecordedHost host, int code)
    {
        CtlProcess run = await CtlProcess.RunAsync("doctor", "--json", "--root", host.Root);
        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(code, run.Output);
        return run.Lines.Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(finding => finding.GetProperty("check").GetString()!)
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    private static string Only(Dictionary<string, JsonElement[]> found, string check) => Text(found[check].ShouldHaveSingleItem());

    private static string Text(JsonElement finding) => finding.GetProperty("text").GetString()!;

    private static string Severity(JsonElement finding) => finding.GetProperty("severity").GetString()!;
}
