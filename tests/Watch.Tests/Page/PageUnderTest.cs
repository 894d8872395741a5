using System.Collections.Concurrent;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Page;

/// <summary>The page of a watcher in a browser of its own; it has loaded nothing from elsewhere and complained of nothing when it is closed.</summary>
internal sealed class PageUnderTest : IAsyncDisposable
{
    private const float Patience = 20_000;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];

    private PageUnderTest(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A watcher that goes away is what some tests are about.
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
            {
                _complaints.Enqueue("loads " + request.Url);
            }
        };
    }

    public IPage Page { get; }

    public ILocator Rows => Page.Locator("#rows tr");

    public static async Task<PageUnderTest> OpenAsync(
        Browser browser, WatchProcess watch, string path = "/", BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await browser.Chromium.NewContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1_280, Height = 900 } });
        PageUnderTest page = new(context, await context.NewPageAsync(), watch.Address);
        await page.Page.GotoAsync(new Uri(watch.Address, path).ToString());
        await page.Page.Locator("#live[data-state=live]").WaitForAsync();
        return page;
    }

    public async Task<string[]> CallIdsAsync() => [.. await Page.Locator("#rows .call-id").AllTextContentsAsync()];

    /// <summary>Waits until the list is these calls.</summary>
    public async Task ExpectCallsAsync(params string[] callIds)
    {
        string[] now = [];
        await TestKit.Eventually.TrueAsync(
            async () => (now = await CallIdsAsync()).SequenceEqual(callIds), $"the list is {string.Join(", ", callIds)}; it was {string.Join(", ", now)}");
    }

    public async Task<string> FocusedAsync() => await Page.EvaluateAsync<string>(
        "() => document.activeElement.id || document.activeElement.tagName + ' ' + document.activeElement.textContent.trim().slice(0, 60)");

    /// <summary>Faults of weight that axe-core finds (WCAG 2.2 A and AA, and best practice).</summary>
    public async Task<string[]> AccessibilityFaultsAsync()
    {
        await Page.EvaluateAsync(Axe + "; undefined");
        JsonElement result = await Page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return
        [
            .. from violation in result.GetProperty("violations").EnumerateArray()
               let impact = violation.GetProperty("impact").GetString()
               where impact is "serious" or "critical" or "moderate"
               select $"{impact} {violation.GetProperty("id").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("html").GetString()} {violation.GetProperty("nodes")[0].GetProperty("failureSummary").GetString()}",
        ];
    }

    /// <summary>Keeps a picture, for whoever wants to look: in the folder that RTPPROXY_PICTURES names (docs/pictures is made so).</summary>
    /// <param name="part">Of the page; all of it if null.</param>
    public async Task PictureAsync(string name, ILocator? part = null)
    {
        if (Environment.GetEnvironmentVariable("RTPPROXY_PICTURES") is not { Length: > 0 } folder)
        {
            return;
        }

        string path = Path.Combine(folder, name + ".png");
        if (part is null)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        }
        else
        {
            await part.ScreenshotAsync(new LocatorScreenshotOptions { Path = path });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _complaints.ShouldBeEmpty();
    }
}
