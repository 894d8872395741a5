using System.Text.RegularExpressions;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Metrics;

public sealed partial class CatalogueTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_is_exported_is_what_the_catalogue_says()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        Exposition exported = await Exposition.ScrapeAsync(watch);

        string[] catalogue = [.. Rows().Select(row => $"{row.Name} {row.Kind} {string.Join(',', row.Labels)}").Order(StringComparer.Ordinal)];
        string[] found = [.. exported.Kinds
            .Where(metric => metric.Key.StartsWith("rtpproxy_", StringComparison.Ordinal))
            .Select(metric => $"{metric.Key} {metric.Value} {string.Join(',', exported.Labels(metric.Key))}")
            .Order(StringComparer.Ordinal)];
        found.ShouldBe(catalogue);
        exported.Samples.Keys.ShouldAllBe(series => series.Contains("node=\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_relays_are_told_apart_by_the_names_that_the_operator_gave_them()
    {
        await using FakeRelay first = new(_directory.File("1.sock"));
        await using FakeRelay second = new(_directory.File("2.sock")) { Counters = Samples.Counters() with { SessionsCreated = 7 } };
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"edge1={first.Argument}", "--node", $"edge2={second.Argument}");
        await watch.WaitUntilAsync(up: true);

        Exposition exported = await Exposition.ScrapeAsync(watch);

        exported.Value("rtpproxy_sessions_created_total", "node=\"edge1\"").ShouldBe(25);
        exported.Value("rtpproxy_sessions_created_total", "node=\"edge2\"").ShouldBe(7);
    }

    [Fact]
    public async Task Of_a_relay_that_is_away_only_that_is_told()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        (await Exposition.ScrapeAsync(watch)).Value("rtpproxy_up").ShouldBe(1);

        await relay.StopAsync();
        await watch.WaitUntilAsync(up: false);

        Exposition exported = await Exposition.ScrapeAsync(watch);
        exported.Value("rtpproxy_up").ShouldBe(0);
        exported.Kinds.Keys.ShouldNotContain("rtpproxy_sessions");
        relay.Start();
    }

    [Fact]
    public async Task Words_that_are_none_of_the_relay_make_no_series_of_their_own()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"))
        {
            Counters = Samples.Counters() with
            {
                Dropped = Enumerable.Range(0, 50).ToDictionary(number => $"<b>\"reason\\ {number}", _ => 1UL),
            },
        };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        Exposition exported = await Exposition.ScrapeAsync(watch);

        exported.Samples.Keys
            .Where(series => series.StartsWith("rtpproxy_dropped_packets_total", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain("reason=\"other\"");
    }

    [Fact]
    public async Task Dashboard_and_alerts_use_no_name_that_is_not_exported()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        Exposition exported = await Exposition.ScrapeAsync(watch);
        string[] names = [.. exported.Samples.Keys.Select(series => series.Split('{')[0]).Distinct()];

        foreach (string sample in new[] { "samples/grafana/dashboard.json", "samples/prometheus/alerts.yml" })
        {
            string[] used = [.. MetricName().Matches(Repository.Text(sample)).Select(match => match.Value).Distinct()];
            used.Length.ShouldBeGreaterThan(10, sample);
            used.ShouldBeSubsetOf(names, sample);
        }
    }

    [Fact]
    public async Task Promtool_finds_no_fault_with_metrics_and_rules()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        string metrics = _directory.File("metrics.txt");
        await File.WriteAllTextAsync(metrics, await Exposition.TextAsync(watch));

        ProgramResult check = await ProgramRun.InAsync(_directory, "/bin/sh", "-c", $"promtool check metrics < {metrics}");
        check.Error.ShouldBeEmpty();
        check.Output.ShouldBeEmpty();
        check.Status.ShouldBe(0);
        ProgramResult rules = await ProgramRun.InAsync(_directory, "promtool", "check", "rules", Repository.File("samples/prometheus/alerts.yml"));
        rules.Status.ShouldBe(0, rules.Error + rules.Output);
    }

    private static IEnumerable<(string Name, string Kind, string[] Labels)> Rows() =>
        from line in Repository.Text("docs/metrics.md").Split('\n')
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length >= 5 && cells[1].StartsWith("`rtpproxy_", StringComparison.Ordinal)
        select (cells[1].Trim('`'), cells[2], cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(label => label.Trim('`')).Order(StringComparer.Ordinal).ToArray());

    [GeneratedRegex("rtpproxy_[a-z_]+")]
    private static partial Regex MetricName();
}
