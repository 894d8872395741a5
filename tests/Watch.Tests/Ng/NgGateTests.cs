using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Ng;

/// <summary>Who may send ng messages over HTTP, and what becomes of them where no relay is.</summary>
public sealed class NgGateTests : IDisposable
{
    private const string NgType = "application/x-rtpengine-ng";

    private readonly WorkingDirectory _directory = new();
    private readonly string _nobody = $"udp:127.0.0.1:{FreePorts.One(ProtocolType.Udp, ipv6: false)}";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Where_no_relay_answers_that_is_said_and_the_page_is_served_all_the_same()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(["--node", relay.Argument, "--ng-http", "127.0.0.1:0", "--ng", _nobody]);
        using HttpClient ng = await ForNgAsync(watch);

        using HttpResponseMessage response = await PostAsync(ng);
        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await watch.NodesAsync()).Length.ShouldBe(1);
        using HttpResponseMessage atPage = await PostAsync(watch.Http);
        atPage.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Where_there_is_a_token_it_is_to_be_said()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(
            ["--node", relay.Argument, "--ng-http", "127.0.0.1:0", "--ng", _nobody, "--http-token", TokenFiles.Write(_directory)]);
        using HttpClient ng = await ForNgAsync(watch);

        using HttpResponseMessage without = await PostAsync(ng);
        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ng.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenFiles.Token);
        using HttpResponseMessage with = await ng.GetAsync(new Uri("/ping", UriKind.Relative));
        with.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("--ng-http 127.0.0.1:0", "of --ng-http ADDRESS:PORT and --ng udp:ADDRESS:PORT each needs the other")]
    [InlineData("--ng udp:127.0.0.1:2223 --http 127.0.0.1:0", "of --ng-http ADDRESS:PORT and --ng udp:ADDRESS:PORT each needs the other")]
    [InlineData("--ng tcp:127.0.0.1:2223 --ng-http 127.0.0.1:0", "--ng: 'tcp:127.0.0.1:2223' is no ng socket of a relay; expected udp:ADDRESS:PORT, as udp:127.0.0.1:2223")]
    [InlineData("--ng-http here --ng udp:127.0.0.1:2223", "--ng-http: 'here' is no address to serve at; expected ADDRESS:PORT, as 127.0.0.1:8880 or [::1]:8880")]
    [InlineData("--ng-http 0.0.0.0:0 --ng udp:127.0.0.1:2223", "0.0.0.0:0 can be reached from other hosts, which needs --http-token FILE; expected a loopback address otherwise")]
    public async Task Options_that_cannot_be_meant_are_refused(string options, string expected)
    {
        ProgramResult result = await WatchProcess.RunAsync(_directory, ["--node", "unix:/run/none.sock", .. options.Split(' ')]);

        result.Status.ShouldBe(2);
        result.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task An_address_that_cannot_be_listened_at_is_named_with_its_option()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();

        ProgramResult result = await WatchProcess.RunAsync(
            _directory, ["--node", "unix:/run/none.sock", "--http", "127.0.0.1:0", "--ng-http", $"{other.LocalEndpoint}", "--ng", _nobody]);

        result.Status.ShouldBe(1);
        result.Error.ShouldContain($"rtpproxywatch: --ng-http {other.LocalEndpoint}: the port is in use");
    }

    private static async Task<HttpClient> ForNgAsync(WatchProcess watch)
    {
        await Eventually.TrueAsync(() => NgDaemon.Listening().IsMatch(watch.Said), "the address is said");
        return new HttpClient { BaseAddress = new Uri(NgDaemon.Listening().Match(watch.Said).Groups[1].Value) };
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client) => client.PostAsync(
        new Uri("/ng", UriKind.Relative), new StringContent("h1 d7:command4:pinge", MediaTypeHeaderValue.Parse(NgType)));
}
