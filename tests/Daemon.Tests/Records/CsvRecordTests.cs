using System.Globalization;
using System.Net;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.TestKit.Disks;

namespace RtpProxy.Daemon.Tests.Records;

/// <summary>What the original's module acct_csv does, by the daemon itself, whatever happens to its file.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CsvRecordTests
{
    [Fact]
    public async Task A_call_is_one_record_with_the_figures_of_both_parties()
    {
        await using DaemonProcess daemon = await StartAsync();
        await using ControlClient control = await daemon.ConnectAsync();
        double before = Now();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        await call.TalkAsync(3);
        call.Caller.Say();
        await call.Callee.HearAsync();
        call.Caller.Report();
        await call.Callee.HearReportAsync();
        (await control.AskAsync("D call alice bob")).ShouldBe("0");

        Dictionary<string, string> record = (await FileOf(daemon).WaitForAsync(1)).ShouldHaveSingleItem();

        record["rec_ver"].ShouldBe("1.2");
        record["rtpp_node_id"].ShouldBe(Dns.GetHostName());
        record["rtpp_pid"].ShouldBe($"{daemon.Id}");
        record["call_id"].ShouldBe("call");
        record["from_tag"].ShouldBe("alice");
        string[] times =
        [
            "setup_ts", "first_rtp_ts_ina", "first_rtp_ts_ino", "last_rtp_ts_ino", "last_rtp_ts_ina", "teardown_ts",
        ];
        double[] seconds = [before, .. times.Select(time => Number(record[time])), Now()];
        for (int i = 1; i < seconds.Length; i++)
        {
            seconds[i].ShouldBeGreaterThan(seconds[i - 1] - 0.01, string.Join(' ', seconds)); // two clocks of one machine
        }

        Columns(record, "rtp_npkts_ina", "rtp_npkts_ino", "rtp_nrelayed", "rtp_ndropped").ShouldBe("4 3 7 0");
        Columns(record, "rtcp_npkts_ina", "rtcp_npkts_ino", "rtcp_nrelayed", "rtcp_ndropped").ShouldBe("1 0 1 0");
        foreach ((string way, int packets) in (IEnumerable<(string, int)>)[("ina", 4), ("ino", 3)])
        {
            string[] counters = ["nsent", "nrcvd", "ndups", "nlost", "perrs", "ssrc_cnt", "pt_last"];
            Columns(record, [.. counters.Select(counter => $"rtpa_{counter}_{way}")]).ShouldBe($"{packets} {packets} 0 0 0 1 0");
            record[$"rtpa_ssrc_last_{way}"].ShouldMatch("^0x[0-9A-F]{8}$");
            record[$"rtpa_jitter_last_{way}"].ShouldMatch(@"^\d+\.\d{6}$");
            Number(record[$"rtpa_jitter_max_{way}"]).ShouldBeGreaterThan(0);
            Number(record[$"rtpa_jitter_avg_{way}"]).ShouldBeGreaterThan(0);
        }

        Columns(record, "rtpp_rtp_rmt_ip_o", "rtpp_rtp_rmt_pt_o").ShouldBe($"127.0.0.1 {call.Callee.Local.Port}");
        Columns(record, "rtpp_rtp_rmt_ip_a", "rtpp_rtp_rmt_pt_a").ShouldBe($"127.0.0.1 {call.Caller.Local.Port}");
        Columns(record, "rtpp_rtcp_rmt_ip_a", "rtpp_rtcp_rmt_pt_a").ShouldBe($"127.0.0.1 {call.Caller.Local.Port + 1}");
        Columns(record, "rtpp_hld_sts_o", "rtpp_hld_sts_a", "rtpp_hld_cnt_o", "rtpp_hld_cnt_a").ShouldBe("f f 0 0");
    }

    [Fact]
    public async Task A_call_on_hold_that_never_had_media_looks_as_the_original_writes_it()
    {
        await using DaemonProcess daemon = await StartAsync();
        await daemon.AskAsync("U hold 0.0.0.0 4000 ft");
        (await daemon.AskAsync("D hold ft")).ShouldBe("0");

        await FileOf(daemon).WaitForAsync(1);

        string[] values = FileOf(daemon).Text.Split('\n')[1].Split(',');
        string.Join(',', values[8..]).ShouldBe(
            "0.000000,0.000000,0.000000,0.000000,0,0,0,0,0,0,0,0,0,0,0,0,0,,0,-1,0,0,0,0,0,,0,-1,"
            + "0.000000,0.000000,0.000000,0.000000,0.000000,0.000000,,,,,,,,,f,t,0,1");
    }

    [Theory]
    [InlineData("a,b\"c", "a%2Cb%22c")]
    [InlineData("a\u0001b\u007fc", "a%01b%7Fc")]
    public async Task No_text_of_a_peer_makes_columns_of_its_own(string text, string shown)
    {
        await using DaemonProcess daemon = await StartAsync();
        await daemon.AskAsync($"U {text} 127.0.0.1 4000 {text}");
        (await daemon.AskAsync($"D {text} {text}")).ShouldBe("0");

        Dictionary<string, string> record = (await FileOf(daemon).WaitForAsync(1)).ShouldHaveSingleItem();

        record["call_id"].ShouldBe(shown);
        record["from_tag"].ShouldBe(shown);
    }

    [Fact]
    public async Task A_file_that_is_moved_away_is_followed_by_another()
    {
        await using DaemonProcess daemon = await StartAsync();
        CsvFile file = FileOf(daemon);
        await EndCallAsync(daemon, "one");
        await file.WaitForAsync(1);
        File.Move(daemon.Directory.File("rtpproxy_acct.csv"), daemon.Directory.File("old.csv"));

        await EndCallAsync(daemon, "two");
        (await file.WaitForAsync(1))[0]["call_id"].ShouldBe("two");
        File.Delete(daemon.Directory.File("rtpproxy_acct.csv"));
        await EndCallAsync(daemon, "three");
        (await file.WaitForAsync(1))[0]["call_id"].ShouldBe("three");
        File.WriteAllText(daemon.Directory.File("rtpproxy_acct.csv"), ""); // copytruncate

        await EndCallAsync(daemon, "four");
        (await file.WaitForAsync(1))[0]["call_id"].ShouldBe("four");
        new CsvFile(daemon.Directory.File("old.csv")).Records.ShouldHaveSingleItem()["call_id"].ShouldBe("one");
    }

    [Fact]
    public async Task A_file_with_records_gets_no_second_header()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["--dso", "acct_csv"] },
            directory => File.WriteAllText(directory.File("rtpproxy_acct.csv"), CsvFile.Header + "\n"));
        await EndCallAsync(daemon, "one");

        (await FileOf(daemon).WaitForAsync(1))[0]["call_id"].ShouldBe("one");
    }

    [Fact]
    public async Task A_full_disk_costs_records_and_not_a_single_call()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
        using var disk = SmallDisk.Mount(16 << 10);
        CsvFile file = new(disk.File("rtpproxy_acct.csv"));
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["--dso", "acct_csv"], Through = ["env", "-C", disk.Path] });
        await EndCallAsync(daemon, "before");
        await file.WaitForAsync(1);
        disk.Fill();
        for (int i = 0; i < 40; i++)
        {
            await EndCallAsync(daemon, $"call{i}"); // more than a page of records
        }

        await daemon.Log.WaitForAsync($"can't write a record into {disk.File("rtpproxy_acct.csv")}: No space left on device (28)");
        (await daemon.AskAsync("G nsess_created nsess_destroyed")).ShouldBe("41 41");
        File.Delete(disk.File("ballast"));

        await EndCallAsync(daemon, "after");
        await Eventually.TrueAsync(() => file.Records.Any(record => record["call_id"] == "after"), "it is written");
        string[] kept = [.. file.Records.Select(record => record["call_id"])]; // each of them whole
        kept.Length.ShouldBeLessThan(42);
        kept.ShouldBeUnique();
        kept[^1].ShouldBe("after");
        daemon.Log.All.Count(line => line.Contains("No space left", StringComparison.Ordinal)).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_process_that_has_locked_the_file_is_waited_for()
    {
        await using DaemonProcess daemon = await StartAsync();
        CsvFile file = FileOf(daemon);
        await EndCallAsync(daemon, "one");
        await file.WaitForAsync(1);
        using (FileStream other = new(
            daemon.Directory.File("rtpproxy_acct.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
            await Eventually.TrueAsync(() => TryLock(other), "the daemon lets go of it");
            await EndCallAsync(daemon, "two");
            other.Seek(0, SeekOrigin.End);
            other.Write("while it was locked\n"u8);
        }

        await Eventually.TrueAsync(() => file.Text.Count(c => c == '\n') == 4, "the record comes behind what the other wrote");
        file.Text.Split('\n')[2].ShouldBe("while it was locked");
    }

    [Fact]
    public async Task Calls_that_the_end_of_the_daemon_cuts_off_have_records()
    {
        await using DaemonProcess daemon = await StartAsync("--workers", "2");
        for (int i = 0; i < 20; i++)
        {
            await daemon.AskAsync($"U call{i} 127.0.0.1 4000 alice");
        }

        await daemon.SignalAsync("TERM");
        await daemon.WaitForExitAsync();

        FileOf(daemon).Records.Select(record => record["call_id"]).Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public async Task In_the_background_the_file_is_where_the_daemon_was_started()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Foreground = false, Options = ["--dso", "acct_csv"] });
        await EndCallAsync(daemon, "one");

        (await FileOf(daemon).WaitForAsync(1))[0]["call_id"].ShouldBe("one");
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_ends_the_start()
    {
        using WorkingDirectory directory = new();
        Directory.CreateDirectory(directory.File("rtpproxy_acct.csv"));

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", "stdioc:", "-p", "pid", "--dso", "acct_csv");

        result.Status.ShouldBe(1);
        result.Error.ShouldContain(
            $"rtpproxy: can't open the file for call records: {directory.File("rtpproxy_acct.csv")}: Is a directory (21)\n");
        File.Exists(directory.File("pid")).ShouldBeFalse();
    }

    private static bool TryLock(FileStream file)
    {
        try
        {
            file.Lock(0, 0);
            return true;
        }
        catch (IOException)
        {
            return false; // another process has it
        }
    }

    private static Task<DaemonProcess> StartAsync(params string[] options) =>
        DaemonProcess.StartAsync(new DaemonSettings { Options = ["--dso", "/usr/lib/rtpproxy/rtpp_acct_csv.so", .. options] });

    private static CsvFile FileOf(DaemonProcess daemon) => new(daemon.Directory.File("rtpproxy_acct.csv"));

    private static async Task EndCallAsync(DaemonProcess daemon, string call)
    {
        await daemon.AskAsync($"U {call} 127.0.0.1 4000 alice");
        (await daemon.AskAsync($"D {call} alice")).ShouldBe("0");
    }

    private static string Columns(Dictionary<string, string> record, params string[] columns) =>
        string.Join(' ', columns.Select(column => record[column]));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
}
