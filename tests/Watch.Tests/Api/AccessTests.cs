using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Api;

public sealed class AccessTests : IDisposable
{
    private const string Token = TokenFiles.Token;

    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("127.0.0.1:8880", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("localhost:8880", HttpStatusCode.OK)]
    [InlineData("relay.example.net", HttpStatusCode.OK)]
    [InlineData("RELAY.example.net:80", HttpStatusCode.OK)]
    [InlineData("evil.example.com", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example.com", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example.com", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_names_that_are_ours_are_answered(string host, HttpStatusCode expected)
    {
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"unix:{_directory.File("none")}", "--http-host", "relay.example.net");
        using HttpRequestMessage request = new(HttpMethod.Get, "/healthz");
        request.Headers.Host = host;

        using HttpResponseMessage response = await watch.Http.SendAsync(request);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_health_check_of_the_old_kind_is_answered()
    {
        await using WatchProcess watch = await StartAsync();
        using TcpClient client = new(watch.Address.Host, watch.Address.Port);
        await client.GetStream().WriteAsync("GET /healthz HTTP/1.0\r\n\r\n"u8.ToArray());

        using StreamReader answer = new(client.GetStream());
        (await answer.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task Nothing_can_be_changed(string method)
    {
        await using WatchProcess watch = await StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), "/api/sessions");

        using HttpResponseMessage response = await watch.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Every_response_forbids_what_the_page_does_not_need()
    {
        await using WatchProcess watch = await StartAsync();
        foreach (string path in new[] { "/", "/main.js", "/api/sessions", "/nowhere" })
        {
            using HttpResponseMessage response = await watch.Http.GetAsync(new Uri(path, UriKind.Relative));

            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
            response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            response.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
            response.Headers.Contains("Server").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Another_site_gets_nothing_by_a_browser()
    {
        await using WatchProcess watch = await StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/nodes");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "no-cors");

        using HttpResponseMessage response = await watch.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("192.0.2.1:8880")]
    public async Task Other_hosts_are_let_in_only_with_a_token(string address)
    {
        ProgramResult result = await WatchProcess.RunAsync(_directory, "--node", "unix:/nowhere", "--http", address);

        result.Status.ShouldBe(2);
        result.Error.ShouldContain("--http-token");
    }

    [Fact]
    public async Task With_a_token_file_only_those_who_know_it_see_calls()
    {
        await using WatchProcess watch = await StartWithTokenAsync();

        (await StatusAsync(watch, "/api/nodes")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(watch, "/metrics")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(watch, "/main.js")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(watch, $"/?token={Token}")).ShouldBe(HttpStatusCode.Unauthorized); // Addresses are kept by logs and histories.
        (await StatusAsync(watch, "/api/nodes", "wrong-horse-battery")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(watch, "/api/nodes", Token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(watch, "/metrics", Token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(watch, "/healthz")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_browser_says_the_token_once_and_keeps_a_cookie_that_scripts_do_not_see()
    {
        await using WatchProcess watch = await StartWithTokenAsync();
        using HttpClient browser = NewBrowser(watch);

        using HttpResponseMessage login = await LogInAsync(browser, Token);
        login.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        login.Headers.Location!.OriginalString.ShouldBe("/");
        string cookie = login.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        cookie.ShouldNotContain(Token);
        cookie.ShouldNotContain("secure", Case.Insensitive);

        using HttpRequestMessage request = new(HttpMethod.Get, "/api/nodes");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using HttpResponseMessage response = await browser.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("HTTPS, http", true)]
    [InlineData("http", false)]
    [InlineData("http, https", false)]
    public async Task Behind_a_proxy_with_TLS_on_this_host_the_cookie_goes_by_TLS_only(string scheme, bool isSecure)
    {
        await using WatchProcess watch = await StartWithTokenAsync();
        using HttpClient browser = NewBrowser(watch);

        using HttpResponseMessage login = await LogInAsync(browser, Token, ("X-Forwarded-Proto", scheme));

        login.Headers.GetValues("Set-Cookie").Single().Contains("secure", StringComparison.OrdinalIgnoreCase).ShouldBe(isSecure);
    }

    [Theory]
    [InlineData("wrong-horse-battery", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData(Token, HttpStatusCode.Forbidden, "cross-site")]
    [InlineData(Token, HttpStatusCode.Forbidden, "same-site")]
    [InlineData(Token, HttpStatusCode.SeeOther, "same-origin")]
    public async Task Who_does_not_say_the_token_in_our_form_gets_no_cookie(string token, HttpStatusCode expected, string? site = null)
    {
        await using WatchProcess watch = await StartWithTokenAsync();
        using HttpClient browser = NewBrowser(watch);

        using HttpResponseMessage login = await LogInAsync(browser, token, site is null ? [] : [("Sec-Fetch-Site", site)]);

        login.StatusCode.ShouldBe(expected);
        login.Headers.Contains("Set-Cookie").ShouldBe(expected == HttpStatusCode.SeeOther);
        (await login.Content.ReadAsStringAsync()).Contains("This is not the token", StringComparison.Ordinal)
            .ShouldBe(expected == HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", 100_000)]
    [InlineData("application/json", 100)]
    [InlineData("multipart/form-data", 100)]
    public async Task What_is_no_form_of_ours_is_refused(string type, int length)
    {
        await using WatchProcess watch = await StartWithTokenAsync();
        using HttpClient browser = NewBrowser(watch);
        using ByteArrayContent body = new(new byte[length]);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);

        using HttpResponseMessage login = await browser.PostAsync(new Uri("/login", UriKind.Relative), body);

        login.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(watch, "/api/nodes", Token)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("0644", Token + "\n", "open to others")]
    [InlineData("0660", Token + "\n", "open to others")]
    [InlineData("0600", "short\n", "has no token")]
    [InlineData("0600", "", "has no token")]
    [InlineData("0600", "two words of a token\n", "has no token")]
    public async Task A_token_file_that_protects_nothing_is_refused(string mode, string content, string complaint)
    {
        ProgramResult result = await WatchProcess.RunAsync(
            _directory, "--node", "unix:/nowhere", "--http", "127.0.0.1:0", "--http-token", TokenFiles.Write(_directory, content, mode));

        result.Status.ShouldBe(2);
        result.Error.ShouldContain(complaint);
    }

    // One that follows nothing and keeps nothing by itself.
    private static HttpClient NewBrowser(WatchProcess watch) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = watch.Address };

    private static async Task<HttpResponseMessage> LogInAsync(
        HttpClient browser, string token, params IReadOnlyList<(string Name, string Value)> headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/login");
        request.Content = new FormUrlEncodedContent([new("token", token)]);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await browser.SendAsync(request);
    }

    private static async Task<HttpStatusCode> StatusAsync(WatchProcess watch, string path, string? token = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await watch.Http.SendAsync(request);
        return response.StatusCode;
    }

    private Task<WatchProcess> StartAsync() => WatchProcess.StartAsync("--node", $"unix:{_directory.File("none")}");

    private Task<WatchProcess> StartWithTokenAsync() => WatchProcess.StartAsync(
        "--node", $"unix:{_directory.File("none")}", "--http-token", TokenFiles.Write(_directory));
}
