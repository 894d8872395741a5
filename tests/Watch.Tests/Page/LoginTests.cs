using Microsoft.Playwright;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace RtpProxy.Watch.Tests.Page;

[Collection(nameof(BrowserTests))]
public sealed class LoginTests(Browser browser) : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_token_is_asked_for_once_and_the_call_of_the_address_is_shown_then()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.OneWay("one-way@example.net")] };
        await using WatchProcess watch = await StartAsync(relay);
        await using IBrowserContext context = await browser.Chromium.NewContextAsync();
        IPage page = await context.NewPageAsync();
        List<string> addresses = [];
        page.Request += (_, request) => addresses.Add(request.Url);

        await page.GotoAsync($"{watch.Address}#call=one-way%40example.net");
        await page.GetByLabel("Token").FillAsync("wrong-horse-battery");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is not the token.");
        await page.GetByLabel("Token").FillAsync(TokenFiles.Token);
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Locator("#call-heading")).ToContainTextAsync("one-way@example.net");
        addresses.ShouldNotContain(address => address.Contains("horse", StringComparison.Ordinal));
        (await context.CookiesAsync()).Single().HttpOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_has_the_cookie_and_comes_by_a_link_of_another_site_is_not_asked_again()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.OneWay("one-way@example.net")] };
        await using WatchProcess watch = await StartAsync(relay);
        await using WatchProcess elsewhere = await WatchProcess.StartAsync(relay);
        await using IBrowserContext context = await browser.Chromium.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(watch.Address.ToString());
        await page.GetByLabel("Token").FillAsync(TokenFiles.Token);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#live[data-state=live]").WaitForAsync();

        // The same host by another name is another site.
        await page.GotoAsync($"http://localhost:{elsewhere.Address.Port}/healthz");
        await page.EvaluateAsync($"() => {{ location.href = '{watch.Address}#call=one-way%40example.net'; }}");

        await Expect(page.Locator("#call-heading")).ToContainTextAsync("one-way@example.net");
    }

    private async Task<WatchProcess> StartAsync(FakeRelay relay) =>
        await WatchProcess.StartAsync("--node", relay.Argument, "--http-token", TokenFiles.Write(_directory));
}
