using Microsoft.Playwright;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace RtpProxy.Watch.Tests.Page;

[Collection(nameof(BrowserTests))]
public sealed class CallTests(Browser browser) : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_call_shows_its_verdict_both_legs_and_figures()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.OneWay("a84b4c76e66710@192.0.2.10")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "a84b4c76e66710@192.0.2.10" }).ClickAsync();

        ILocator call = page.Page.Locator("#call");
        await Expect(call.Locator(".verdict-sentence")).ToHaveTextAsync("The callee was signalled at 198.51.100.20:16384; nothing came from there to port 35002.");
        ILocator caller = call.GetByRole(AriaRole.Region, new() { Name = "Caller" });
        await Expect(caller).ToContainTextAsync("203.0.113.7:40000");
        await Expect(caller).ToContainTextAsync("192.0.2.1:35000");
        ILocator callee = call.GetByRole(AriaRole.Region, new() { Name = "Callee" });
        await Expect(callee).ToContainTextAsync("198.51.100.20:16384");
        await Expect(callee).ToContainTextAsync("never heard");
        await Expect(call.Locator(".paths li").First).ToContainTextAsync("flows");
        await Expect(call.Locator(".paths li").Last).ToContainTextAsync("nothing comes");
        await Expect(call.GetByRole(AriaRole.Table, new() { Name = "What was measured on the packets before us" })).ToContainTextAsync("PCMU, 20 ms");
        await page.PictureAsync("call");
    }

    [Fact]
    public async Task A_call_shows_what_came_before_the_answer_addresses_of_IPv6_and_changes_of_the_source_alone()
    {
        Admin.SessionDetail oneWay = Samples.OneWay("early");
        await using FakeRelay relay = new(_directory.File("admin.sock"))
        {
            Sessions = [oneWay with
            {
                Caller = oneWay.Caller with { Local = "2001:db8::5", Figures = oneWay.Caller.Figures with { Ssrc = 0xabc, SsrcChanges = 1 } },
                Callee = oneWay.Callee with
                {
                    Early = new Admin.EarlyDetail("198.51.100.20:16384", 175, oneWay.SetUpAt),
                    Figures = new Admin.StreamFigures { Ssrc = 0xdef, SsrcChanges = 3 },
                },
            }],
        };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch, "/#call=early");

        ILocator call = page.Page.Locator("#call");
        await Expect(call.GetByRole(AriaRole.Region, new() { Name = "Caller" })).ToContainTextAsync("[2001:db8::5]:35000");
        await Expect(call.GetByRole(AriaRole.Region, new() { Name = "Callee" })).ToContainTextAsync("175 packets before the answer");
        await Expect(call.Locator(".paths li").Last).ToContainTextAsync("came only before the answer");
        ILocator sources = call.GetByRole(AriaRole.Row, new() { Name = "SSRC" });
        await Expect(sources.GetByRole(AriaRole.Cell).First).ToHaveTextAsync("00000abc");
        await Expect(sources.GetByRole(AriaRole.Cell).Last).ToHaveTextAsync("00000def, changed 2 times");
    }

    [Fact]
    public async Task Plots_have_their_points_and_say_the_same_in_words_and_numbers()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("plotted")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch, "/#call=plotted");
        await Expect(page.Page.Locator("svg.plot")).ToHaveCountAsync(4);

        foreach (string title in new[] { "Loss", "Jitter", "Score (MOS-LQ)", "Packets per second" })
        {
            ILocator plot = page.Page.Locator("figure", new() { HasText = title }).First;
            await Expect(plot.Locator("circle.mark")).ToHaveCountAsync(64);
            await Expect(plot.Locator("rect.mark")).ToHaveCountAsync(64);
            (await plot.Locator("path.series0").GetAttributeAsync("d"))!.Split('L').Length.ShouldBe(64);
        }

        string words = (await page.Page.Locator("svg.plot").First.GetAttributeAsync("aria-label"))!;
        words.ShouldContain("highest 3.5 % at 2:05");
        ILocator loss = page.Page.Locator("figure").First;
        await loss.GetByText("As a table").ClickAsync();
        await Expect(loss.GetByRole(AriaRole.Row, new() { Name = "2:05" })).ToContainTextAsync("3.5 %");

        // New figures come every second; what was opened stays open.
        relay.Sessions = [Samples.Call("plotted") with { AgeSeconds = 400 }];
        await Expect(page.Page.Locator("#call")).ToContainTextAsync("6:40 ago");
        await Expect(loss.GetByRole(AriaRole.Row, new() { Name = "2:05" })).ToBeVisibleAsync();
        await page.PictureAsync("plots");
    }

    [Theory]
    [InlineData("<script>document.title='owned'</script>", "<script>document.title='owned'</script>")]
    [InlineData("<img src=x onerror=\"document.title='owned'\">&amp;", "<img src=x onerror=\"document.title='owned'\">&amp;")]
    [InlineData("a‮b⁦c\u0007d​e", "a\\u202eb\\u2066c\\u0007d\\u200be")]
    [InlineData("#call=x&node=y%00/../?", "#call=x&node=y%00/../?")]
    [InlineData("'\"><svg/onload=document.title='owned'>", "'\"><svg/onload=document.title='owned'>")]
    public async Task A_strange_call_id_is_text(string callId, string shown)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.OneWay(callId) with { FromTag = callId }] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        await relay.TellAsync(new Admin.EventNotice { Kind = "verdict", CallId = callId, Verdict = callId, Trouble = true, Sentence = callId });

        await page.ExpectCallsAsync(shown);
        await page.Page.Locator("#rows .call-id").ClickAsync();

        await Expect(page.Page.Locator("#call-heading")).ToHaveTextAsync("Call " + shown);
        await Expect(page.Page.Locator("#call .verdict-sentence")).ToContainTextAsync("nothing came");
        await Expect(page.Page.Locator("#latest")).ToContainTextAsync(shown);
        (await page.Page.TitleAsync()).ShouldBe("RtpProxy");
        (await page.Page.Locator("#rows script, #rows img, #rows svg, #call img, #call script, #latest script, #latest svg").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_call_that_has_ended_is_said_to_have()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("short")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch, "/#call=short");
        await Expect(page.Page.Locator("svg.plot")).ToHaveCountAsync(4);

        relay.Sessions = [];

        await Expect(page.Page.Locator("#call-body")).ToContainTextAsync("This call has ended");
        await Eventually.TrueAsync(async () => (await page.CallIdsAsync()).Length == 0);
    }
}
