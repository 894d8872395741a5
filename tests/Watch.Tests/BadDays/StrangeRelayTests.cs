using System.Text;
using RtpProxy.Admin;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.BadDays;

public sealed class StrangeRelayTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("garbage\n")]
    [InlineData("\u0000\u0001\u0002\n")]
    [InlineData("[1,2,3]\n")]
    [InlineData("null\n")]
    [InlineData("{\"event\":null,\"event\":{\"kind\":null,\"callId\":null}}\n")]
    [InlineData("{\"sessions\":{\"total\":1}}\n")]
    [InlineData("{\"counters\":{\"workers\":[null]}}\n")]
    [InlineData("{\"counters\":{\"scores\":{\"bounds\":[2,1],\"counts\":[1,2,3],\"sums\":[1,2,3]}}}\n")]
    [InlineData("{\"error\":{}}\n")]
    public async Task Garbage_ends_the_connection_and_the_relay_is_asked_again(string garbage)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        await relay.SendAsync(Encoding.UTF8.GetBytes(garbage));

        await Eventually.TrueAsync(() => relay.Asked.Count(request => request.Ask == AdminWords.Hello) >= 2, "it connects again");
        await watch.WaitUntilAsync(up: true);
        await Eventually.TrueAsync(() => watch.Said.Contains("is away: the relay sent", StringComparison.Ordinal), "it says so");
    }

    [Fact]
    public async Task A_relay_of_before_that_tells_less_is_watched()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        await relay.SendAsync(Encoding.UTF8.GetBytes("{\"counters\":{\"sessionsCreated\":1}}\n"));
        relay.Counters = Samples.Counters() with { EventsLost = null!, Notices = null!, SessionsInTrouble = null };

        await Eventually.TrueAsync(async () =>
            !(await watch.NodesAsync())[0].GetProperty("counters").TryGetProperty("sessionsInTrouble", out _), "it takes what is told");
        watch.Said.ShouldNotContain("is away");
    }

    [Fact]
    public async Task A_control_socket_is_called_so()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Transports = [TestKit.Conversations.Transport.Unix] });
        string path = daemon.Sockets[0].Argument["unix:".Length..];
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"relay=unix:{path}");

        await Eventually.TrueAsync(
            () => watch.Said.Contains("what a control socket answers; expected the admin socket (--admin) of an rtpproxy", StringComparison.Ordinal), "it is told");
    }

    [Fact]
    public async Task A_line_without_end_does_not_fill_memory()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        // At once: an answer in between would bring the end of the line.
        await relay.SendAsync(Encoding.ASCII.GetBytes(new string('{', AdminWords.MaxReplyLength + (2 * 1_024 * 1_024))));

        await Eventually.TrueAsync(() => watch.Said.Contains("a line of more than", StringComparison.Ordinal));
        await watch.WaitUntilAsync(up: true);
        watch.ResidentBytes.ShouldBeLessThan(200L * 1_024 * 1_024);
    }

    [Fact]
    public async Task A_relay_that_says_nothing_more_is_away_after_some_seconds_and_back_when_it_speaks()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        relay.IsMute = true;
        await watch.WaitUntilAsync(up: false);
        (await watch.NodesAsync())[0].GetProperty("fault").GetString()!.ShouldContain("did not answer within");
        relay.IsMute = false;

        await watch.WaitUntilAsync(up: true);
    }

    [Fact]
    public async Task A_relay_that_speaks_other_words_is_told_apart()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        relay.Hello = relay.Hello with { Protocol = 99 };
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", relay.Argument);

        await Eventually.TrueAsync(async () =>
            (await watch.NodesAsync())[0].GetProperty("fault").GetString()!.Contains("speaks version 99", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_asks_a_relay_that_is_away_ever_more_seldom_and_says_so_once()
    {
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"gone=unix:{_directory.File("none")}");
        await Eventually.TrueAsync(() => watch.Said.Contains("gone is away: cannot connect to", StringComparison.Ordinal));

        await Task.Delay(TimeSpan.FromSeconds(2));

        watch.Said.Split("is away").Length.ShouldBe(2);
    }
}
