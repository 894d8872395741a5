using System.Diagnostics;
using System.Globalization;
using RtpProxy.Admin;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Ctl.Tests;

/// <summary><c>calls</c> and <c>top</c> on a terminal, with somebody at the keys.</summary>
public sealed class WatchTests
{
    private const string FirstScreen = "\e[?1049l";
    private const string Down = "\e[B";
    private const string PageDown = "\e[6~";
    private const string End = "\e[F";

    private static readonly SessionRow[] Few =
        [SampleCalls.Row("bad-call", "one-way"), SampleCalls.Row("good-call"), SampleCalls.Row("other-call")];

    [Fact]
    public async Task Calls_are_filtered_sorted_and_looked_at_by_keys()
    {
        await using FakeAdmin relay = FakeAdmin.Start(Answer);
        using PseudoTerminal terminal = Watch(100, 24, "calls", relay);
        await terminal.ShowAsync("3 calls, 1 to 3, trouble first");
        terminal.Screen.ShouldContain("the sentence of one-way"); // Of the call that is selected.

        terminal.Type("s");
        await terminal.ShowAsync("oldest first");
        terminal.Type("t");
        await terminal.ShowAsync("3 calls, 1 match, 1 to 1, oldest first, in trouble only");
        terminal.Type("t/GOOX");
        await terminal.ShowAsync("filter: GOOX_");
        terminal.Type("\x7f\r");
        await terminal.ShowAsync("1 match, 1 to 1, oldest first, with 'GOO'");
        terminal.Screen.ShouldNotContain("other-call");
        terminal.Type("\r");
        await terminal.ShowAsync("call good-call, on ");
        terminal.Screen.ShouldContain("signalled   192.0.2.7:40000, by its answer");
        terminal.Type("q");
        await terminal.ShowAsync("with 'GOO'");
        terminal.Type("\e");
        await terminal.ShowAsync("3 calls, 1 to 3, oldest first");
        terminal.Type("q");

        (await terminal.EndAsync()).ShouldBe(0);
        terminal.Seen.ShouldContain(FirstScreen);
        relay.Requests.ShouldContain(request => request.Text == "GOO" && request.Sort == "oldest");
    }

    [Fact]
    public async Task Arrows_and_pages_move_through_a_long_list()
    {
        SessionRow[] all = [.. Enumerable.Range(0, 5000).Select(i => SampleCalls.Row($"call-{i:0000}"))];
        await using FakeAdmin relay = FakeAdmin.Start(request => SampleCalls.Page(request, all));
        using PseudoTerminal terminal = Watch(100, 24, "calls", relay);
        await terminal.ShowAsync("5000 calls, 1 to 20");

        terminal.Type(PageDown + Down);
        await terminal.ShowAsync("5000 calls, 3 to 22");
        terminal.Type(End);
        await terminal.ShowAsync("5000 calls, 4981 to 5000");
        terminal.Screen.ShouldContain("call-4999");
        terminal.Type("\e[H");
        await terminal.ShowAsync("5000 calls, 1 to 20");
        terminal.Type("q");

        (await terminal.EndAsync()).ShouldBe(0);
        relay.Requests.ShouldAllBe(request => request.Take <= 20);
    }

    [Theory]
    [InlineData("calls", 20, 5)]
    [InlineData("top", 20, 5)]
    [InlineData("top", 10, 2)]
    [InlineData("calls", 1, 2)]
    public async Task However_small_the_terminal_nothing_goes_over_it(string verb, int columns, int rows)
    {
        await using FakeAdmin relay = FakeAdmin.Start(Answer);
        using PseudoTerminal terminal = Watch(columns, rows, verb, relay);
        await Eventually.TrueAsync(() => relay.Requests.Count > 3);

        terminal.Type("\r");
        await Eventually.TrueAsync(() => relay.Requests.Any(request => request.Ask == AdminWords.Session));
        terminal.Type("\x03");

        (await terminal.EndAsync()).ShouldBe(130);
        foreach (string drawing in terminal.Drawings)
        {
            string[] lines = drawing.Split('\n');
            lines.Length.ShouldBeLessThanOrEqualTo(rows);
            lines.ShouldAllBe(line => line.Length <= columns);
        }
    }

    [Fact]
    public async Task A_window_that_grows_is_filled()
    {
        await using FakeAdmin relay = FakeAdmin.Start(Answer);
        using PseudoTerminal terminal = Watch(40, 8, "calls", relay);
        await terminal.ShowAsync("bad-call");
        terminal.Screen.ShouldNotContain("caller");

        await terminal.ResizeAsync(120, 30);

        await terminal.ShowAsync("caller  loss  MOS  callee  loss  MOS Call-ID");
        terminal.Type("q");
        (await terminal.EndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Top_shows_nodes_with_version_and_uptime_their_sum_and_the_calls_of_all()
    {
        await using FakeAdmin one = FakeAdmin.Start(Answer);
        await using FakeAdmin other = FakeAdmin.Start(Answer);
        using PseudoTerminal terminal = PseudoTerminal.Start(
            160, 24, ["top", "--interval", "0.1", "--timeout", "30", "--admin", one.Url, "--admin", other.Url]);

        await terminal.ShowAsync("6 calls, 1 to 6, trouble first");
        await terminal.ShowAsync("no node is in trouble");

        string[] lines = terminal.Screen.Split('\n');
        lines[1].ShouldMatch("busiest node +sessions +pkts/s +drop/s +bad +up +version");
        lines[2].ShouldMatch(@"^admin-.*sock +5 .* 2 +3:0[0-9]:[0-9]+ +9\.8\.7 ");
        lines[4].ShouldMatch("^all +10 .* 4 ");
        lines.Count(line => line.Contains("bad-call", StringComparison.Ordinal)).ShouldBe(2);
        terminal.Type("q");
        (await terminal.EndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Packets_a_second_are_those_between_two_readings_of_the_admin_socket()
    {
        ulong packets = 0;
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply
        {
            Counters = new RelayCounters
            {
                Received = new Dictionary<string, ulong> { ["rtp"] = packets += 1000, ["rtcp"] = 1 },
                Dropped = new Dictionary<string, ulong> { ["UnknownSource"] = packets },
            },
        });

        CtlProcess run = await CtlProcess.RunAsync(
            "top", "--json", "--count", "1", "--interval", "0.2", "--timeout", "30", "--admin", relay.Url);

        run.ExitCode.ShouldBe(0);
        System.Text.Json.JsonElement node = System.Text.Json.JsonDocument.Parse(run.Lines.ShouldHaveSingleItem()).RootElement;
        node.GetProperty("packetsPerSecond").GetDecimal().ShouldBeInRange(1, 5000);
        node.GetProperty("version").GetString().ShouldBe("9.8.7");
        node.GetProperty("sessionsInTrouble").GetInt32().ShouldBe(0);
        node.GetProperty("trouble").GetString().ShouldStartWith("drops ");
    }

    [Fact]
    public async Task A_relay_that_goes_away_is_told_and_comes_back()
    {
        string path = Path.Combine(Path.GetTempPath(), $"admin-{Guid.NewGuid():N}.sock");
        FakeAdmin relay = FakeAdmin.Start(Answer, path);
        using PseudoTerminal terminal = Watch(100, 24, "calls", relay);
        await terminal.ShowAsync("3 calls");

        await relay.DisposeAsync();
        await terminal.ShowAsync("its admin socket");
        await using FakeAdmin again = FakeAdmin.Start(Answer, path);
        await terminal.ShowAsync("3 calls");

        terminal.Type("q");
        (await terminal.EndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_relay_that_does_not_answer_holds_up_no_key()
    {
        await using FakeAdmin relay = FakeAdmin.StartRaw(_ => null);
        using PseudoTerminal terminal = PseudoTerminal.Start(80, 24, ["calls", "--timeout", "3000", "--admin", relay.Url]);
        await terminal.ShowAsync("reading ...");

        terminal.Type("/abc");
        await terminal.ShowAsync("filter: abc_");
        terminal.Type("\x03");

        (await terminal.EndAsync()).ShouldBe(130);
        terminal.Seen.ShouldContain(FirstScreen);
    }

    [Fact]
    public async Task A_signal_to_end_gives_the_screen_back()
    {
        await using FakeAdmin relay = FakeAdmin.Start(Answer);
        using PseudoTerminal terminal = Watch(80, 24, "top", relay);
        await terminal.ShowAsync("3 calls");

        using (Process kill = Process.Start("kill", ["-TERM", (await terminal.ProgramAsync()).ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await terminal.EndAsync()).ShouldBe(130);
        terminal.Seen.ShouldContain(FirstScreen);
    }

    [Fact]
    public async Task A_name_that_plays_with_the_terminal_is_shown_harmless_there_too()
    {
        await using FakeAdmin relay = FakeAdmin.Start(request => request.Ask == AdminWords.Sessions
            ? SampleCalls.Page(request, [SampleCalls.Row("\e]0;owned\a\u202eevil\n\n")])
            : new AdminReply { Session = [SampleCalls.OneWay("\e]0;owned\a\u202eevil\n\n")] });
        using PseudoTerminal terminal = Watch(100, 24, "calls", relay);
        await terminal.ShowAsync(".]0;owned..evil..");

        terminal.Type("\r");
        await terminal.ShowAsync("call .]0;owned..evil.., on");
        terminal.Type("qq");

        (await terminal.EndAsync()).ShouldBe(0);
        terminal.Seen.ShouldNotContain("\e]0");
        terminal.Seen.ShouldNotContain('\u202e');
    }

    [Fact]
    public async Task The_original_daemon_has_its_nodes_watched_and_says_what_is_missing()
    {
        await using FakeRelay original = FakeRelay.Start();
        using PseudoTerminal terminal = PseudoTerminal.Start(100, 24, ["top", "--interval", "0.1", "-s", original.Url]);

        await terminal.ShowAsync("no node is in trouble");
        await terminal.ShowAsync("active; calls are listed by the admin socket only");

        terminal.Type("q");
        (await terminal.EndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_fax_that_is_well_is_no_call_in_trouble()
    {
        await using FakeAdmin relay = FakeAdmin.Start(_ => new AdminReply
        {
            Counters = new RelayCounters { SessionsComplete = 3, SessionsInTrouble = 1, Verdicts = new Dictionary<string, int> { ["not-rtp"] = 3 } },
        });

        CtlProcess run = await CtlProcess.RunAsync("top", "--count", "1", "--json", "--timeout", "30", "--admin", relay.Url);

        System.Text.Json.JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("sessionsInTrouble").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData(false, 0, "no")]
    [InlineData(true, 0, "yes")]
    [InlineData(true, 3, "died 3")]
    public async Task Top_says_whether_a_keeper_holds_the_calls(bool isKept, int deaths, string expected)
    {
        await using FakeAdmin relay = FakeAdmin.Start(
            _ => new AdminReply { Counters = new RelayCounters { SessionsComplete = 3 } }, hello: FakeAdmin.Hello with { Kept = isKept, Deaths = deaths });

        CtlProcess table = await CtlProcess.RunAsync("top", "--count", "1", "--timeout", "30", "--admin", relay.Url);
        CtlProcess json = await CtlProcess.RunAsync("top", "--count", "1", "--json", "--timeout", "30", "--admin", relay.Url);

        table.Output.ShouldMatch($"version +kept(.|\n)* 9\\.8\\.7 +{expected} ");
        System.Text.Json.JsonElement node = System.Text.Json.JsonDocument.Parse(json.Lines[0]).RootElement;
        node.GetProperty("kept").GetBoolean().ShouldBe(isKept);
        node.TryGetProperty("deaths", out _).ShouldBe(isKept);
    }

    private static PseudoTerminal Watch(int columns, int rows, string verb, FakeAdmin relay) =>
        PseudoTerminal.Start(columns, rows, [verb, "--interval", "0.1", "--timeout", "30", "--admin", relay.Url]);

    private static AdminReply Answer(AdminRequest request) => request.Ask switch
    {
        AdminWords.Sessions => SampleCalls.Page(request, Few),
        AdminWords.Session => new AdminReply { Session = [SampleCalls.OneWay(request.CallId!)] },
        _ => new AdminReply
        {
            Counters = new RelayCounters
            {
                SessionsComplete = 3,
                SessionsIncomplete = 2,
                Verdicts = new Dictionary<string, int> { ["one-way"] = 2, ["ok"] = 3 },
            },
        },
    };
}
