using RtpProxy.Admin;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Metrics;

public sealed class HistogramTests : IDisposable
{
    private const string Mos = "rtpproxy_stream_mos";

    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Counts_sums_and_buckets_are_the_relays()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        Exposition exported = await Exposition.ScrapeAsync(watch);

        exported.Value(Mos + "_bucket", "le=\"2\"").ShouldBe(0);
        exported.Value(Mos + "_bucket", "le=\"3\"").ShouldBe(1);
        exported.Value(Mos + "_bucket", "le=\"4\"").ShouldBe(3);
        exported.Value(Mos + "_bucket", "le=\"+Inf\"").ShouldBe(33);
        exported.Value(Mos + "_count").ShouldBe(33);
        exported.Value(Mos + "_sum").ShouldBe(141.7, 1e-9);
        exported.Value("rtpproxy_worker_lag_seconds_count").ShouldBe(1_915);
        exported.Value("rtpproxy_worker_lag_seconds_sum").ShouldBe(0.22, 1e-9);
    }

    [Fact]
    public async Task What_comes_later_is_added_exactly()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        relay.Counters = relay.Counters with { Scores = Samples.Histogram([2, 3, 4], [5, 1, 2, 1_030], [7.5, 2.5, 7.2, 4_432.25]) };

        Exposition exported = await WaitForCountAsync(watch, 1_038);
        exported.Value(Mos + "_bucket", "le=\"2\"").ShouldBe(5);
        exported.Value(Mos + "_sum").ShouldBe(4_449.45, 1e-6);
    }

    [Fact]
    public async Task Values_that_are_a_bound_stay_below_it()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        // A sum that rounding made a little too large for its bucket.
        relay.Counters = relay.Counters with { Scores = Samples.Histogram([2, 3, 4], [3, 1, 2, 30], [6.0000000000000018, 2.5, 7.2, 132]) };

        (await WaitForCountAsync(watch, 36)).Value(Mos + "_bucket", "le=\"2\"").ShouldBe(3);
    }

    [Fact]
    public async Task A_relay_that_starts_anew_adds_what_it_counts_from_zero()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        relay.Counters = relay.Counters with { Scores = Samples.Histogram([2, 3, 4], [0, 0, 0, 2], [0, 0, 0, 8.8]) };

        (await WaitForCountAsync(watch, 35)).Value(Mos + "_sum").ShouldBe(150.5, 1e-9);
    }

    [Fact]
    public async Task A_past_of_many_values_is_left_out_and_what_follows_counts()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        Histogram past = Samples.Histogram([2, 3, 4], [0, 0, 0, 5_000_000_000], [0, 0, 0, 2e10]);
        relay.Counters = relay.Counters with { Scores = past };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        relay.Counters = relay.Counters with { Scores = past with { Counts = [1, 0, 0, 5_000_000_000], Sums = [1.5, 0, 0, 2e10] } };

        (await WaitForCountAsync(watch, 1)).Value(Mos + "_sum").ShouldBe(1.5, 1e-9);
        await Eventually.TrueAsync(() => watch.Said.Contains("grew by", StringComparison.Ordinal), "it says so");
    }

    private static async Task<Exposition> WaitForCountAsync(WatchProcess watch, double count)
    {
        Exposition? exported = null;
        await Eventually.TrueAsync(
            async () => (exported = await Exposition.ScrapeAsync(watch)).Kinds.ContainsKey(Mos) && exported.Value(Mos + "_count") == count,
            $"{count} values");
        return exported!;
    }
}
