using System.Text.Json;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Records;

/// <summary><c>--cdr</c>: a line of JSON for each session that ends.</summary>
public sealed class JsonRecordTests
{
    [Fact]
    public async Task A_call_is_one_line_with_who_when_where_how_and_why_it_ended()
    {
        await using DaemonProcess daemon = await StartAsync();
        await using ControlClient control = await daemon.ConnectAsync();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        await call.TalkAsync(3);
        (await control.AskAsync("D call alice bob")).ShouldBe("0");

        JsonElement record = (await ReadAsync(daemon, 1)).ShouldHaveSingleItem();

        record.GetProperty("kind").GetString().ShouldBe("ended");
        record.GetProperty("callId").GetString().ShouldBe("call");
        record.GetProperty("reason").GetString().ShouldBe("deleted");
        record.GetProperty("at").GetDateTimeOffset().ShouldBeInRange(before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        JsonElement session = record.GetProperty("session");
        session.GetProperty("fromTag").GetString().ShouldBe("alice");
        session.GetProperty("toTag").GetString().ShouldBe("bob");
        session.GetProperty("setUpAt").GetDateTimeOffset().ShouldBeInRange(before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        session.GetProperty("verdict").GetString().ShouldNotBeNullOrEmpty();
        foreach ((string name, MediaPhone phone) in (IEnumerable<(string, MediaPhone)>)[("caller", call.Caller), ("callee", call.Callee)])
        {
            JsonElement party = session.GetProperty(name);
            party.GetProperty("learned").GetString().ShouldBe(phone.Local.ToString());
            party.GetProperty("port").GetInt32().ShouldBe(phone.Remote.Port);
            party.GetProperty("figures").GetProperty("packets").GetInt32().ShouldBe(3);
            party.GetProperty("figures").GetProperty("lost").GetInt32().ShouldBe(0);
            party.GetProperty("figures").GetProperty("codec").GetString().ShouldBe("PCMU");
        }
    }

    [Fact]
    public async Task It_says_who_ended_a_session()
    {
        await using DaemonProcess daemon = await StartAsync("-T", "1");
        await daemon.AskAsync("U gone 127.0.0.1 4000 alice");
        (await ReadAsync(daemon, 1))[0].GetProperty("reason").GetString().ShouldBe("timed-out");
        await daemon.AskAsync("U all 127.0.0.1 4000 alice");
        await daemon.AskAsync("X");
        (await ReadAsync(daemon, 2))[1].GetProperty("reason").GetString().ShouldBe("all-deleted");
        await daemon.AskAsync("U cut 127.0.0.1 4000 alice");

        await daemon.SignalAsync("TERM");
        await daemon.WaitForExitAsync();

        JsonElement last = (await ReadAsync(daemon, 3))[2];
        last.GetProperty("reason").GetString().ShouldBe("shutdown");
        last.GetProperty("callId").GetString().ShouldBe("cut");
    }

    [Fact]
    public async Task Whatever_a_Call_ID_is_it_is_one_line_and_comes_back()
    {
        await using DaemonProcess daemon = await StartAsync();
        await daemon.AskAsync("U a\"b\\c<d>\u0001,e 127.0.0.1 4000 alice");
        (await daemon.AskAsync("D a\"b\\c<d>\u0001,e alice")).ShouldBe("0");

        (await ReadAsync(daemon, 1))[0].GetProperty("callId").GetString().ShouldBe("a\"b\\c<d>\u0001,e");
    }

    [Fact]
    public async Task A_file_that_is_moved_away_is_followed_by_another()
    {
        await using DaemonProcess daemon = await StartAsync();
        await daemon.AskAsync("U one 127.0.0.1 4000 alice");
        await daemon.AskAsync("D one alice");
        await ReadAsync(daemon, 1);
        File.Move(daemon.Directory.File("calls.json"), daemon.Directory.File("old.json"));

        await daemon.AskAsync("U two 127.0.0.1 4000 alice");
        await daemon.AskAsync("D two alice");

        (await ReadAsync(daemon, 1))[0].GetProperty("callId").GetString().ShouldBe("two");
    }

    [Fact]
    public async Task A_device_that_is_full_costs_records_and_not_calls()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["--cdr", "/dev/full"] });
        await daemon.AskAsync("U one 127.0.0.1 4000 alice");
        (await daemon.AskAsync("D one alice")).ShouldBe("0");

        await daemon.Log.WaitForAsync("can't write a record into /dev/full: No space left on device (28)");
        (await daemon.AskAsync("V")).ShouldBe("20040107");
    }

    [Fact]
    public async Task A_full_disk_is_told_of_each_file_that_is_on_it()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["--cdr", "/dev/full", "--dso", "acct_csv"] },
            directory => File.CreateSymbolicLink(directory.File("rtpproxy_acct.csv"), "/dev/full"));
        await daemon.AskAsync("U one 127.0.0.1 4000 alice");
        await daemon.AskAsync("D one alice");

        await daemon.Log.WaitForAsync("can't write a record into /dev/full: No space left on device");
        await daemon.Log.WaitForAsync($"can't write a record into {daemon.Directory.File("rtpproxy_acct.csv")}: No space left on device");
    }

    private static Task<DaemonProcess> StartAsync(params string[] options) =>
        DaemonProcess.StartAsync(new DaemonSettings { Options = ["--cdr", "calls.json", .. options] });

    private static async Task<IReadOnlyList<JsonElement>> ReadAsync(DaemonProcess daemon, int count)
    {
        string path = daemon.Directory.File("calls.json");
        string[] lines = [];
        await Eventually.TrueAsync(
            () => File.Exists(path) && (lines = File.ReadAllText(path).Split('\n')).Length == count + 1 && lines[^1].Length == 0,
            $"{count} records");
        return [.. lines[..^1].Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
