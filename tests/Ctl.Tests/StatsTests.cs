using System.Diagnostics;
using System.Text.Json;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Ctl.Tests;

/// <summary><c>stats</c>, <c>top</c> and <c>ping</c>.</summary>
public sealed class StatsTests
{
    [Fact]
    public async Task All_counters_of_all_nodes_are_one_table()
    {
        await using FakeRelay one = FakeRelay.Start();
        await using FakeRelay other = FakeRelay.Start("tcp");

        CtlProcess run = await CtlProcess.RunAsync("stats", "-s", one.Url, "-s", other.Url);

        run.ExitCode.ShouldBe(0);
        run.Errors.ShouldBeEmpty();
        run.Lines.Count.ShouldBe(30);
        run.Lines[0].ShouldContain(one.Url);
        run.Lines[0].ShouldContain(other.Url);
        run.Lines.ShouldContain(line => line.StartsWith("nsess_destroyed", StringComparison.Ordinal) && line.TrimEnd().EndsWith('1'));
    }

    [Fact]
    public async Task An_original_daemon_that_lacks_a_counter_shows_the_others()
    {
        await using FakeRelay old = FakeRelay.Start(
            "udp", command => command.Contains("rtpa_nlost", StringComparison.Ordinal) ? "E68" : new PlausibleAnswers("").Answer(command));

        CtlProcess run = await CtlProcess.RunAsync("stats", "-s", old.Url);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("pps_in");
        run.Output.ShouldNotContain("rtpa_nlost");
    }

    [Fact]
    public async Task A_counter_that_no_node_knows_is_refused_in_words()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", _ => "E68");

        CtlProcess run = await CtlProcess.RunAsync("stats", "-s", relay.Url, "nsess_bogus");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("nsess_bogus");
        run.Errors.ShouldContain("expected names such as nsess_created");
    }

    [Fact]
    public async Task Watching_gives_rates_from_the_second_reading_on()
    {
        int reading = 0;
        await using FakeRelay relay = FakeRelay.Start("udp", _ => $"npkts_rcvd={1000 * reading++}");

        CtlProcess run = await CtlProcess.RunAsync(
            "stats", "-s", relay.Url, "npkts_rcvd", "--watch", "0.1", "--count", "3", "--json");

        run.ExitCode.ShouldBe(0);
        run.Lines.Count.ShouldBe(3);
        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        lines[0].TryGetProperty("rates", out _).ShouldBeFalse();
        lines[2].GetProperty("counters").GetProperty("npkts_rcvd").GetDecimal().ShouldBe(2000);
        lines[2].GetProperty("rates").GetProperty("npkts_rcvd").GetDecimal().ShouldBeInRange(1, 11_000);
    }

    [Fact]
    public async Task A_node_that_is_down_leaves_the_others_their_column()
    {
        await using FakeRelay up = FakeRelay.Start();

        CtlProcess run = await CtlProcess.RunAsync("stats", "-s", up.Url, "-s", "cunix:/nonexistent.sock");

        run.ExitCode.ShouldBe(3);
        run.Lines.Count.ShouldBe(30);
        run.Errors.ShouldContain("cunix:/nonexistent.sock: nothing listens there");
    }

    [Fact]
    public async Task Top_sorts_by_traffic_and_names_what_troubles()
    {
        int reading = 0;
        await using FakeRelay busy = FakeRelay.Start("udp", _ =>
        {
            int n = ++reading;
            return $"nsess_created={n} nsess_destroyed=0 nsess_timeout=0 npkts_rcvd={n * 10_000} npkts_relayed={n * 5_000} "
                + $"npkts_discard={n * 5_000} ncmds_rcvd={n} ncmds_errs=0";
        });
        await using FakeRelay idle = FakeRelay.Start(
            "tcp", command => string.Join(' ', command.Split(' ')[1..].Select(name => name + "=0")));

        CtlProcess run = await CtlProcess.RunAsync(
            "top", "-s", "udp:127.0.0.1:9", "-s", idle.Url, "-s", busy.Url, "--interval", "0.2", "--count", "1", "--timeout", "30");

        run.Lines[0].ShouldContain("sessions");
        run.Lines[1].ShouldContain(busy.Url);
        run.Output.ShouldContain("troubled nodes");
        run.Output.ShouldContain($"{busy.Url}: drops");
        run.Output.ShouldContain("udp:127.0.0.1:9: nothing listens there");
        run.Output.ShouldNotContain($"{idle.Url}: ");
        run.ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Top_ends_when_interrupted()
    {
        await using FakeRelay relay = FakeRelay.Start();
        using Process top = CtlProcess.Start("top", "-s", relay.Url, "--json", "--interval", "0.1");
        (await top.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();

        using (Process kill = Process.Start("kill", ["-INT", top.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await top.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        top.ExitCode.ShouldBe(130);
        (await top.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ping_tells_version_round_trip_and_extensions()
    {
        await using FakeRelay relay = FakeRelay.Start();

        CtlProcess run = await CtlProcess.RunAsync("ping", "-s", relay.Url, "--count", "2");

        run.ExitCode.ShouldBe(0);
        run.Lines[0].ShouldStartWith($"{relay.Url}: version 20040107, round trip ");
        run.Lines[1].ShouldContain("20050322");
    }

    [Fact]
    public async Task Ping_refuses_another_protocol()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", _ => "20990101");

        CtlProcess run = await CtlProcess.RunAsync("ping", "-s", relay.Url);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("expected 20040107");
    }
}
