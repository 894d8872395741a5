using System.Net.Sockets;
using System.Text;
using RtpProxy.Admin;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.BadDays;

public sealed class SlowBrowserTests : IDisposable
{
    private const int Megabyte = 1_024 * 1_024;

    /// <summary>So long the watcher waits for a browser that does not read.</summary>
    private static readonly TimeSpan GivingUp = TimeSpan.FromSeconds(10);

    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_browser_that_never_reads_is_closed_and_the_others_go_on()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [.. Enumerable.Range(0, 500).Select(number => Samples.OneWay($"call-{number}", number))] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        using Socket silent = await SubscribeAsync(watch, "list=1&take=500");
        await using EventReader reader = await EventReader.OpenAsync(watch, "?nodes=1");
        EventNotice notice = new() { Kind = "verdict", CallId = "flood", Sentence = new string('x', 1_000) };

        // Told until the watcher has given the silent one up: what it could not be told is counted.
        await Eventually.TrueAsync(
            async () =>
            {
                for (int number = 0; number < 500; number++)
                {
                    await relay.TellAsync(notice);
                }

                await reader.NextAsync("nodes");
                return (await Exposition.ScrapeAsync(watch)).Value("rtpproxy_events_lost_total", "consumer=\"page\"") > 0;
            },
            () => "it has not been given up",
            GivingUp * 6);

        await reader.NextAsync("nodes");
        await Eventually.TrueAsync(() => Task.FromResult(IsClosed(silent)), () => "its connection is not closed", GivingUp * 6);
        watch.ResidentBytes.ShouldBeLessThan(250L * Megabyte);
    }

    [Fact]
    public async Task Two_hundred_browsers_are_served_from_few_questions_to_the_relay()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [.. Enumerable.Range(0, 200).Select(number => Samples.Call($"call-{number}", number))] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        EventReader[] browsers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => EventReader.OpenAsync(watch, "?nodes=1&list=1&kinds=verdict")));
        try
        {
            await Task.WhenAll(browsers.Select(browser => browser.NextAsync("sessions")));
            int before = relay.Asked.Count(request => request.Ask == AdminWords.Sessions);
            await Task.WhenAll(browsers.Select(browser => browser.NextAsync("sessions")));
            (relay.Asked.Count(request => request.Ask == AdminWords.Sessions) - before).ShouldBeLessThan(20);

            await relay.TellAsync(new EventNotice { Kind = "verdict", CallId = "told to all" });
            foreach (System.Text.Json.JsonElement told in await Task.WhenAll(browsers.Select(browser => browser.NextAsync("call"))))
            {
                told.GetProperty("event").GetProperty("callId").GetString().ShouldBe("told to all");
            }

            watch.ResidentBytes.ShouldBeLessThan(250L * Megabyte);
        }
        finally
        {
            foreach (EventReader browser in browsers)
            {
                await browser.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task More_clients_than_there_is_room_for_are_sent_away_until_others_go()
    {
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"unix:{_directory.File("none")}");
        EventReader[] clients = await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => EventReader.OpenAsync(watch, "")));

        using (HttpResponseMessage refused = await watch.Http.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            ((int)refused.StatusCode).ShouldBe(503);
        }

        foreach (EventReader client in clients)
        {
            await client.DisposeAsync();
        }

        await Eventually.TrueAsync(async () =>
        {
            using HttpResponseMessage response = await watch.Http.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            return response.IsSuccessStatusCode;
        });
    }

    private static async Task<Socket> SubscribeAsync(WatchProcess watch, string query)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(watch.Address.Host, watch.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        return socket;
    }

    // A write finds out: what it sends is never answered, but refused once the other end is gone.
    private static bool IsClosed(Socket socket)
    {
        try
        {
            socket.Send("x"u8);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
