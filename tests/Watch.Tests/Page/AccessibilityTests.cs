using Microsoft.Playwright;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace RtpProxy.Watch.Tests.Page;

[Collection(nameof(BrowserTests))]
public sealed class AccessibilityTests(Browser browser) : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(ColorScheme.Light, 1_280)]
    [InlineData(ColorScheme.Dark, 1_280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Axe_finds_no_fault_of_weight(ColorScheme scheme, int width)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"))
        {
            Sessions = [Samples.OneWay("one-way@example.net", 1), Samples.Call("well@example.net", 2)],
            Counters = Samples.Counters() with { Draining = true },
        };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch, "/#call=one-way%40example.net", new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 780 },
        });
        await Expect(page.Page.Locator("svg.plot")).ToHaveCountAsync(4);
        await page.Page.GetByText("As a table").First.ClickAsync();
        await Expect(page.Rows).ToHaveCountAsync(2);

        (await page.AccessibilityFaultsAsync()).ShouldBeEmpty();
        await page.PictureAsync($"{scheme}-{width}");
    }

    [Fact]
    public async Task A_page_is_dark_where_the_system_is()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest dark = await PageUnderTest.OpenAsync(browser, watch, options: new() { ColorScheme = ColorScheme.Dark });
        await using PageUnderTest light = await PageUnderTest.OpenAsync(browser, watch, options: new() { ColorScheme = ColorScheme.Light });

        (await BackgroundAsync(dark)).ShouldBeLessThan(100);
        (await BackgroundAsync(light)).ShouldBeGreaterThan(600);
    }

    [Fact]
    public async Task A_telephone_shows_everything_without_scrolling_sideways()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"))
        {
            Sessions = [Samples.OneWay(new string('x', 120)), Samples.Call("a84b4c76e66710@pbx.example.net")],
        };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(
            browser, watch, "/#call=" + new string('x', 120), new() { ViewportSize = new() { Width = 360, Height = 740 }, IsMobile = true, HasTouch = true });
        await Expect(page.Page.Locator("svg.plot")).ToHaveCountAsync(4);
        await Expect(page.Rows).ToHaveCountAsync(2);

        (await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"))
        {
            Sessions = [Samples.OneWay("first", 1), Samples.Call("second", 2), Samples.Call("third", 3)],
        };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        await page.ExpectCallsAsync("first", "second", "third");
        IKeyboard keys = page.Page.Keyboard;

        await keys.PressAsync("/");
        (await page.FocusedAsync()).ShouldBe("text");
        await keys.TypeAsync("sec");
        await page.ExpectCallsAsync("second");

        await TabToAsync(page, "A second");
        await keys.PressAsync("Enter");
        await Expect(page.Page.Locator("#call .verdict-sentence")).ToContainTextAsync("Both parties are heard");
        (await page.FocusedAsync()).ShouldBe("call-heading");

        // New lists and figures come meanwhile: the focus stays.
        int lists = relay.Asked.Count(request => request.Ask == "sessions");
        await TabToAsync(page, "call-close");
        await Eventually.TrueAsync(() => relay.Asked.Count(request => request.Ask == "sessions") > lists + 1);
        (await page.FocusedAsync()).ShouldBe("call-close");

        await keys.PressAsync("Escape");
        await Expect(page.Page.Locator("#call")).ToBeHiddenAsync();
        (await page.FocusedAsync()).ShouldBe("A second");
    }

    [Fact]
    public async Task A_row_that_moves_keeps_the_focus()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a", 1), Samples.Call("b", 2)] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        await page.ExpectCallsAsync("a", "b");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "b", Exact = true }).FocusAsync();

        relay.Sessions = [Samples.Call("a", 1), Samples.OneWay("b", 2)];

        await page.ExpectCallsAsync("b", "a");
        (await page.FocusedAsync()).ShouldBe("A b");
    }

    [Fact]
    public async Task Whoever_wants_to_read_in_peace_can_pause()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using PageUnderTest page = await PageUnderTest.OpenAsync(browser, watch);
        ILocator pause = page.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" });

        await pause.ClickAsync();
        await Expect(page.Page.Locator("#live-text")).ToHaveTextAsync("Paused.");
        relay.Sessions = [Samples.Call("b")];
        await pause.ClickAsync();

        await page.ExpectCallsAsync("b");
    }

    private static async Task TabToAsync(PageUnderTest page, string name)
    {
        for (int press = 0; press < 40; press++)
        {
            if (await page.FocusedAsync() == name)
            {
                return;
            }

            await page.Page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"Tab does not lead to {name}");
    }

    private static async Task<int> BackgroundAsync(PageUnderTest page) => await page.Page.EvaluateAsync<int>(
        "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)");
}
