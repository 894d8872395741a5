using System.Net;
using RtpProxy.Admin;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Api;

public sealed class HealthTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_relay_with_room_is_ready()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        (await ReadyAsync(watch)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_watcher_is_healthy_also_while_its_relay_is_away()
    {
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"unix:{_directory.File("none")}");

        using HttpResponseMessage health = await watch.Http.GetAsync(new Uri("/healthz", UriKind.Relative));
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        (HttpStatusCode status, string body) = await ReadyAsync(watch);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.ShouldContain("away");
    }

    [Fact]
    public async Task A_relay_that_drains_is_not_ready()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        relay.Counters = relay.Counters with { Draining = true };

        await NotReadyAsync(watch, "drains");
    }

    [Fact]
    public async Task A_relay_with_as_many_sessions_as_it_may_have_is_not_ready()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        relay.Counters = relay.Counters with { SessionsComplete = 8, SessionsIncomplete = 2, SessionsLimit = 10 };

        await NotReadyAsync(watch, "10 of 10 sessions");
    }

    [Fact]
    public async Task A_relay_without_ports_for_a_call_is_not_ready()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        relay.Counters = relay.Counters with { PortsUsed = 998, PortsLimit = 1_000 };

        await NotReadyAsync(watch, "998 of 1000 media ports");
    }

    [Fact]
    public async Task A_relay_without_descriptors_for_a_call_is_not_ready()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Host = Samples.Host() with { DescriptorsUsed = 1_022, DescriptorsLimit = 1_024 } };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        await NotReadyAsync(watch, "1022 of 1024 descriptors");
    }

    [Fact]
    public async Task A_relay_whose_worker_is_late_is_not_ready_until_it_is_in_time_again()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        WorkerFigures inTime = relay.Counters.Workers[1];

        // 200 turns that were 250 ms late each.
        relay.Counters = relay.Counters with
        {
            Workers = [relay.Counters.Workers[0], inTime with { LagSeconds = Samples.Histogram([0.001, 0.1], [900, 5, 200], [0.09, 0.01, 50]) }],
        };
        await NotReadyAsync(watch, "late by 250 ms");

        relay.Counters = relay.Counters with
        {
            Workers = [relay.Counters.Workers[0], inTime with { LagSeconds = Samples.Histogram([0.001, 0.1], [90_000, 5, 200], [9, 0.01, 50]) }],
        };
        await Eventually.TrueAsync(async () => (await ReadyAsync(watch)).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_several_relays_one_can_be_asked_for()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(
            "--node", $"here={relay.Argument}", "--node", $"away=unix:{_directory.File("none")}");
        await Eventually.TrueAsync(async () => (await ReadyAsync(watch, "?node=here")).Status == HttpStatusCode.OK);

        (await ReadyAsync(watch)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ReadyAsync(watch, "?node=away")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ReadyAsync(watch, "?node=nobody")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task NotReadyAsync(WatchProcess watch, string reason) => Eventually.TrueAsync(
        async () => await ReadyAsync(watch) is (HttpStatusCode.ServiceUnavailable, var body) && body.Contains(reason, StringComparison.Ordinal),
        $"not ready: {reason}");

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(WatchProcess watch, string query = "")
    {
        using HttpResponseMessage response = await watch.Http.GetAsync(new Uri("/readyz" + query, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
