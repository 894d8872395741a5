using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace RtpProxy.Watch.Tests.Page;

/// <summary>The page beside the real daemon.</summary>
[Collection(nameof(BrowserTests))]
public sealed class RealCallTests(Browser browser) : IDisposable
{
    private const float Patience = 30_000;

    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_one_way_call_is_first_its_sentence_says_why_and_its_plots_have_points()
    {
        await using DaemonProcess daemon = await StartDaemonAsync();
        await using WatchProcess watch = await WatchAsync();
        await using RealCall well = await RealCall.SetUpAsync(daemon, "well@example.net");
        await using RealCall oneWay = await RealCall.SetUpAsync(daemon, "oneway@example.net");
        well.CallerSpeaks();
        well.CalleeSpeaks();
        oneWay.CallerSpeaks(loses: 10);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch, options: new() { ViewportSize = new() { Width = 1_000, Height = 900 } });

        await Expect(page.Rows.First).ToContainTextAsync("one way", new() { Timeout = Patience });
        (await page.CallIdsAsync()).ShouldBe(["oneway@example.net", "well@example.net"]);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "oneway@example.net" }).First.ClickAsync();

        ILocator call = page.Page.Locator("#call");
        string sentence = await call.Locator(".verdict-sentence").TextContentAsync() ?? "";
        sentence.ShouldContain(oneWay.Callee.ToString());
        sentence.ShouldContain(oneWay.PortOfCallee.ToString(CultureInfo.InvariantCulture));
        await Expect(call.GetByRole(AriaRole.Region, new() { Name = "Caller" })).ToContainTextAsync(oneWay.Caller.ToString());
        await Expect(call.Locator("figure", new() { HasText = "Packets per second" }).Locator("circle.mark").Nth(1)).ToBeAttachedAsync(new() { Timeout = Patience });
        string loss = await call.Locator("svg.plot").First.GetAttributeAsync("aria-label") ?? "";
        loss.ShouldMatch("highest (8|9|10|11|12)\\.. %");
        await page.PictureAsync("one-way-call", call);
    }

    [Fact]
    public async Task What_the_daemon_counts_is_exported()
    {
        await using DaemonProcess daemon = await StartDaemonAsync();
        await using WatchProcess watch = await WatchAsync();
        await using RealCall call = await RealCall.SetUpAsync(daemon, "counted@example.net");
        call.CallerSpeaks();
        call.CalleeSpeaks();

        Exposition exported = null!;
        await Eventually.TrueAsync(async () =>
        {
            exported = await Exposition.ScrapeAsync(watch);
            return exported.Kinds.ContainsKey("rtpproxy_stream_mos") && exported.Value("rtpproxy_stream_mos_count") >= 2
                && exported.Value("rtpproxy_packets_total", "direction=\"relayed\"", "kind=\"rtp\"") > 100;
        });
        exported.Value("rtpproxy_sessions", "state=\"complete\"").ShouldBe(1);
        exported.Value("rtpproxy_sessions_created_total").ShouldBe(1);
        exported.Value("rtpproxy_streams", "verdict=\"ok\"").ShouldBe(1);
        exported.Value("rtpproxy_ports_used").ShouldBeGreaterThan(0);
        exported.Value("rtpproxy_worker_lag_seconds_count").ShouldBeGreaterThan(0);
        using HttpResponseMessage ready = await watch.Http.GetAsync(new Uri("/readyz", UriKind.Relative));
        ready.IsSuccessStatusCode.ShouldBeTrue(await ready.Content.ReadAsStringAsync());
        await daemon.AskAsync("D counted@example.net from");
        await Eventually.TrueAsync(async () =>
            (await Exposition.ScrapeAsync(watch)).Samples.Any(sample => sample.Key.StartsWith("rtpproxy_sessions_ended_total", StringComparison.Ordinal) && sample.Value == 1));
    }

    [Fact]
    public async Task A_daemon_that_is_killed_and_started_again_is_found_again()
    {
        DaemonProcess first = await StartDaemonAsync();
        await using WatchProcess watch = await WatchAsync();
        await first.SignalAsync("KILL");
        await first.WaitForExitAsync();
        await watch.WaitUntilAsync(up: false);
        await first.DisposeAsync();

        await using DaemonProcess second = await StartDaemonAsync();

        await watch.WaitUntilAsync(up: true);
        JsonElement node = (await watch.NodesAsync())[0];
        node.GetProperty("hello").GetProperty("pid").GetInt32().ShouldBe(second.Id);
    }

    private Task<DaemonProcess> StartDaemonAsync() => DaemonProcess.StartAsync(
        new DaemonSettings { Options = ["--admin", $"unix:{_directory.File("admin.sock")}"] });

    private async Task<WatchProcess> WatchAsync()
    {
        WatchProcess watch = await WatchProcess.StartAsync("--node", $"relay=unix:{_directory.File("admin.sock")}");
        await watch.WaitUntilAsync(up: true);
        return watch;
    }
}
