using System.Globalization;
using System.Net;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>Calls that are routed to themselves: what is put in comes to an end, and so do the calls.</summary>
public sealed class CirclesOfRelays
{
    [Theory]
    [InlineData("")]
    [InlineData("-2")]
    [InlineData("z20")]
    [InlineData("-2 z40")]
    public async Task Two_relays_that_name_each_other_pass_a_few_packets_on_for_less_than_a_second(string how)
    {
        string z = how.Contains('z', StringComparison.Ordinal) ? how[how.IndexOf('z', StringComparison.Ordinal)..] : "";
        string[] options = ["-l", "127.0.0.1", "-T", "2", .. how.StartsWith('-') ? (string[])["-2"] : []];
        await using DaemonProcess a = await StartAsync(options);
        await using DaemonProcess b = await StartAsync(options);
        using MediaPhone phone = new(IPAddress.Loopback);
        int atB = await PortAsync(b, $"U{z} call 0.0.0.0 9 x");
        int atA = await PortAsync(a, $"U{z} call 127.0.0.1 {atB} x");
        int backAtB = await PortAsync(b, $"L{z} call 0.0.0.0 9 x y");
        int backAtA = await PortAsync(a, $"L{z} call 127.0.0.1 {backAtB} x y");
        await PortAsync(b, $"U{z} call 127.0.0.1 {atA} x y");
        await PortAsync(b, $"L{z} call 127.0.0.1 {backAtA} x y");

        phone.Remote = new IPEndPoint(IPAddress.Loopback, atA);
        foreach (int length in (int[])[160, 80, 160])
        {
            phone.Say(new byte[length]);
        }

        phone.SendRtp("no RTP at all"u8);

        await Eventually.TrueAsync(async () => await ReceivedAsync(a) >= 4);
        await EndsAsync(a, b);
        await Eventually.TrueAsync(
            async () => await a.AskAsync("G nsess_timeout") == "1" && await b.AskAsync("G nsess_timeout") == "1",
            "nothing keeps the calls");
    }

    [Fact]
    public async Task Two_calls_of_one_relay_that_name_each_other_pass_nothing_round()
    {
        await using DaemonProcess relay = await StartAsync(["-l", "127.0.0.1", "-T", "2", "--workers", "3"]);
        using MediaPhone phone = new(IPAddress.Loopback);
        int first = await PortAsync(relay, "U one 0.0.0.0 9 x");
        int firstBack = await PortAsync(relay, "L one 0.0.0.0 9 x y");
        int second = await PortAsync(relay, $"U two 127.0.0.1 {first} x");
        int secondBack = await PortAsync(relay, $"L two 127.0.0.1 {firstBack} x y");
        await PortAsync(relay, $"U one 127.0.0.1 {second} x y");
        await PortAsync(relay, $"L one 127.0.0.1 {secondBack} x y");

        foreach (int port in (int[])[first, firstBack, second, secondBack])
        {
            phone.Remote = new IPEndPoint(IPAddress.Loopback, port);
            phone.Say();
        }

        await Eventually.TrueAsync(async () => await ReceivedAsync(relay) >= 4);
        await EndsAsync(relay);
        await relay.Log.WaitForAsync("in a circle");
    }

    /// <summary>From one moment on, within a second, the relays receive nothing any more.</summary>
    private static async Task EndsAsync(params DaemonProcess[] relays)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        long received = -1;
        TimeSpan changedAt = default;
        await Eventually.TrueAsync(
            async () =>
            {
                long now = (await Task.WhenAll(relays.Select(ReceivedAsync))).Sum();
                changedAt = now == received ? changedAt : clock.Elapsed;
                received = now;
                return clock.Elapsed - changedAt > TimeSpan.FromMilliseconds(100);
            },
            "the packets die out");
        received.ShouldBeLessThan(1000, $"after {clock.Elapsed}");
    }

    private static Task<DaemonProcess> StartAsync(string[] options) =>
        DaemonProcess.StartAsync(new DaemonSettings { Options = options, LogLevel = "info" });

    private static async Task<int> PortAsync(DaemonProcess relay, string command) =>
        int.Parse((await relay.AskAsync(command)).Split(' ')[0], CultureInfo.InvariantCulture);

    private static async Task<long> ReceivedAsync(DaemonProcess relay) =>
        long.Parse(await relay.AskAsync("G npkts_rcvd"), CultureInfo.InvariantCulture);
}
