using System.Diagnostics;
using Microsoft.Playwright;
using RtpProxy.Admin;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace RtpProxy.Watch.Tests.Page;

[Collection(nameof(BrowserTests))]
public sealed class CallListTests(Browser browser) : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Calls_in_trouble_are_first_with_their_sentence()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a"), Samples.OneWay("b"), Samples.Call("c")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);

        await page.ExpectCallsAsync("b", "a", "c");
        await Expect(page.Rows.First).ToContainTextAsync("one way");
        await Expect(page.Rows.First).ToContainTextAsync("nothing came from there to port 35002");
        await Expect(page.Page.Locator("#count")).ToHaveTextAsync("3 sessions.");
        await page.PictureAsync("list");
    }

    [Fact]
    public async Task The_list_follows_what_happens()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a"), Samples.Call("b")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        await page.ExpectCallsAsync("a", "b");

        relay.Sessions = [Samples.Call("a"), Samples.OneWay("b"), Samples.Call("c")];
        await relay.TellAsync(new EventNotice
        {
            Kind = EventKinds.Verdict,
            CallId = "b",
            Verdict = "one-way",
            VerdictBefore = "ok",
            Trouble = true,
            At = Samples.SetUpAt,
            Sentence = "The callee is not heard.",
        });

        await page.ExpectCallsAsync("b", "a", "c");
        await Expect(page.Page.Locator("#latest")).ToContainTextAsync("The callee is not heard.");
        await Expect(page.Page.Locator("#spoken")).ToContainTextAsync("in trouble");
    }

    [Fact]
    public async Task Nothing_that_happens_is_missed_while_the_view_changes()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        string[] sentences = [.. from i in Enumerable.Range(0, 12) select $"Sentence {i}."];

        foreach (string sentence in sentences)
        {
            await relay.TellAsync(new EventNotice { Kind = EventKinds.Verdict, CallId = "a", At = Samples.SetUpAt, Sentence = sentence });
            await page.Page.Locator("#sort").DispatchEventAsync("change");
        }

        await Expect(page.Page.Locator("#latest .sentence")).ToHaveTextAsync(sentences.Reverse());
    }

    [Fact]
    public async Task Search_finds_a_call_by_a_part_of_its_call_id()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = Many(5_000) };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);

        await page.Page.GetByLabel("Call-ID or tag").FillAsync("CALL-4321");

        await page.ExpectCallsAsync("call-4321@example.net");
        await Expect(page.Page.Locator("#count")).ToHaveTextAsync("1 of 5,000 sessions match.");
        await page.Page.GetByLabel("Call-ID or tag").FillAsync("nobody");
        await Expect(page.Page.Locator("#count")).ToHaveTextAsync("None of 5,000 sessions matches.");
    }

    [Fact]
    public async Task Order_filter_and_pages_are_the_relays_work()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [.. Many(120), Samples.OneWay("bad", 999)] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);

        await page.Page.GetByLabel("Order").SelectOptionAsync("newest");
        await Eventually.TrueAsync(async () => (await page.CallIdsAsync()).ElementAtOrDefault(1) == "call-0119@example.net");
        await Expect(page.Page.Locator("#page")).ToHaveTextAsync("1 to 50 of 121");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.Page.Locator("#page")).ToHaveTextAsync("51 to 100 of 121");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.Page.Locator("#page")).ToHaveTextAsync("101 to 121 of 121");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Next" })).ToBeDisabledAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync(new() { Force = true });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Previous" }).ClickAsync();
        await Expect(page.Page.Locator("#page")).ToHaveTextAsync("51 to 100 of 121");
        await page.Page.GetByLabel("Show").SelectOptionAsync("!trouble");
        await page.ExpectCallsAsync("bad");
        relay.Asked.ShouldAllBe(request => request.Take == null || request.Take <= 50);
    }

    [Fact]
    public async Task Five_thousand_sessions_stay_usable()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [.. Many(5_000), Samples.OneWay("the-bad-one", 6_000)] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        await Expect(page.Page.Locator("#count")).ToHaveTextAsync("5,001 sessions.");
        (await page.CallIdsAsync())[0].ShouldBe("the-bad-one");

        // No frame of the page takes long while lists come: the longest task in some seconds is told by the browser itself.
        double longest = await page.Page.EvaluateAsync<double>(
            """
            () => new Promise(done => {
              let longest = 0;
              new PerformanceObserver(list => { for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration); }).observe({ entryTypes: ['longtask'] });
              setTimeout(() => done(longest), 5000);
            })
            """);
        longest.ShouldBeLessThan(1_000);

        long start = Stopwatch.GetTimestamp();
        await page.Page.GetByLabel("Call-ID or tag").FillAsync("call-2500");
        await page.ExpectCallsAsync("call-2500@example.net");
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await page.Page.EvaluateAsync<int>("() => document.getElementsByTagName('*').length")).ShouldBeLessThan(2_000);
    }

    [Fact]
    public async Task A_relay_that_is_away_is_told_and_the_last_list_stays()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        await page.ExpectCallsAsync("a");

        await relay.StopAsync();

        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is away since");
        await Expect(page.Page.Locator("#live-text")).ToHaveTextAsync("Live, one relay is away");
        await Expect(page.Page.Locator("#hosts")).ToContainTextAsync("away; all below is old");
        await page.ExpectCallsAsync("a");
        relay.Start();
        await Expect(page.Page.Locator("#live-text")).ToHaveTextAsync("Live");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Calls_of_several_relays_are_in_one_list_or_apart()
    {
        await using FakeRelay first = new(_directory.File("1.sock")) { Sessions = [Samples.Call("a", 1)] };
        await using FakeRelay second = new(_directory.File("2.sock")) { Sessions = [Samples.Call("b", 2)] };
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"edge1={first.Argument}", "--node", $"edge2={second.Argument}");
        await watch.WaitUntilAsync(up: true);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);

        await page.ExpectCallsAsync("a", "b");
        await Expect(page.Rows.Nth(1)).ToContainTextAsync("edge2");
        await page.Page.GetByLabel("Relay", new() { Exact = true }).SelectOptionAsync("edge2");
        await page.ExpectCallsAsync("b");
    }

    private static SessionDetail[] Many(int count) => [.. Enumerable.Range(0, count).Select(number => Samples.Call($"call-{number:0000}@example.net", number))];
}
