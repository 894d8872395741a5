using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Daemon.Tests.Keeping;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>
/// Whoever lets a control socket be named as a party of his call would command the relay by what he says: over the ng protocol as over
/// RTPproxy's, and to the sockets of both.
/// </summary>
public sealed class CommandsThroughNgMedia
{
    private const string NgOrder = "d7:call-id4:kept7:command6:deletee";
    private const string RtppOrder = "D kept a";

    public static TheoryData<Disguise> Disguises => [.. Enum.GetValues<Disguise>()];

    /// <summary>What <c>-l</c> or <c>-6</c> says, what the socket is bound to, what is named as the party, and by what.</summary>
    public static TheoryData<string, string, string, Disguise> Names => new()
    {
        { "127.0.0.1", "udp:127.0.0.1", "127.0.0.1", Disguise.Offer },
        { "0.0.0.0", "udp:127.0.0.1", "127.0.0.1", Disguise.Offer },
        { "127.0.0.1", "udp:0.0.0.0", "127.0.0.1", Disguise.Offer },
        { "127.0.0.1", "udp:0.0.0.0", "127.1.2.3", Disguise.Offer },
        { "0.0.0.0", "udp:0.0.0.0", "127.0.0.1", Disguise.Offer },
        { "0.0.0.0=203.0.113.1", "udp:0.0.0.0", "127.0.0.1", Disguise.Offer },
        { "0.0.0.0=203.0.113.1", "udp:127.0.0.1", "203.0.113.1", Disguise.Offer },
        { "127.0.0.1=203.0.113.1", "udp:0.0.0.0", "203.0.113.1", Disguise.Offer },
        { "::1", "udp6:[::1]", "::1", Disguise.Offer },
        { "::", "udp6:[::]", "::1", Disguise.Offer },
        { "::", "udp6:[::1]", "::1", Disguise.RtcpOfNobody },
        { "::1", "udp6:[::]", "::1", Disguise.RtcpOfNobody },
        { "::", "udp:127.0.0.1", "::ffff:127.0.0.1", Disguise.Offer },
        { "::", "udp:0.0.0.0", "::ffff:127.0.0.1", Disguise.ReceivedFrom },
    };

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task Whatever_names_the_ng_socket_nobody_commands_it(Disguise way)
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync("127.0.0.1", "--ng", $"udp:0.0.0.0:{port}");
        await ShouldNotCommandAsync(daemon, new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.Loopback, port), way, NgOrder);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task However_it_is_named(string media, string bound, string named, Disguise way)
    {
        bool isIPv6 = bound.StartsWith("udp6", StringComparison.Ordinal);
        int port = FreePorts.One(ProtocolType.Udp, isIPv6);
        await using DaemonProcess daemon = await StartAsync(media, "--ng", $"{bound}:{port}");
        IPAddress loopback = isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        await ShouldNotCommandAsync(daemon, new IPEndPoint(loopback, port), new IPEndPoint(IPAddress.Parse(named), port), way, NgOrder);
    }

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task Nor_the_socket_of_the_other_protocol(Disguise way)
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync("127.0.0.1", Transport.Udp, "--ng", $"udp:{port}");
        await ShouldNotCommandAsync(
            daemon, new IPEndPoint(IPAddress.Loopback, port), (IPEndPoint)daemon.Socket(Transport.Udp).EndPoint!, way, RtppOrder);
    }

    [Fact]
    public async Task Nor_does_a_call_of_the_other_protocol_reach_the_ng_socket()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync("127.0.0.1", "--ng", $"udp:0.0.0.0:{port}");
        using NgClient client = new(port, ProtocolType.Udp);
        await client.DescribeAsync("offer", "kept", "a", null, new IPEndPoint(IPAddress.Loopback, 9));
        using MediaPhone mallory = new(IPAddress.Loopback);
        int forMallory = int.Parse((await daemon.AskAsync($"U own 127.0.0.1 {port} a")).Split(' ')[0], CultureInfo.InvariantCulture);
        await daemon.AskAsync($"L own 127.0.0.1 {mallory.Local.Port} a b");

        mallory.Remote = new IPEndPoint(IPAddress.Loopback, forMallory);
        mallory.SendRtp(Encoding.Latin1.GetBytes($"1 {NgOrder}"));

        await ReceivedAsync(daemon, 1);
        (await daemon.AskAsync("G npkts_relayed")).ShouldBe("0");
        (await client.AskAsync("list")).ShouldContain("4:kept");
    }

    [Theory]
    [InlineData("--dtmf-log-dest", "127.0.0.1")]
    [InlineData("--hep", "udp:127.0.0.1")]
    public async Task Nor_does_media_go_to_who_is_told_of_calls(string option, string target)
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        int told = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync("127.0.0.1", "--ng", $"udp:{port}", option, $"{target}:{told}");
        await ShouldNotCommandAsync(
            daemon, new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.Loopback, told), Disguise.Offer, "{}");
    }

    [Fact]
    public async Task Nor_does_an_older_call_reach_a_socket_that_an_upgrade_opened()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using KeptDaemon daemon = await KeptDaemon.StartAsync();
        using MediaPhone mallory = new(IPAddress.Loopback);
        int forMallory = int.Parse((await daemon.Keeper.AskAsync($"U own 127.0.0.1 {port} a")).Split(' ')[0], CultureInfo.InvariantCulture);
        await daemon.Keeper.AskAsync($"L own 127.0.0.1 {mallory.Local.Port} a b");
        mallory.Remote = new IPEndPoint(IPAddress.Loopback, forMallory);
        mallory.Say();
        await Eventually.TrueAsync(async () => await daemon.Keeper.AskAsync("G npkts_relayed") == "1", "what is nobody's socket yet");

        daemon.Install($"exec {Executables.Daemon} \"$@\" --ng udp:127.0.0.1:{port}");
        await daemon.UpgradeAsync();
        for (int i = 0; i < 5; i++)
        {
            mallory.Say();
        }

        await ReceivedAsync(daemon.Keeper, 6);
        (await daemon.Keeper.AskAsync("G npkts_relayed")).ShouldBe("1");
    }

    private static Task<DaemonProcess> StartAsync(string media, params string[] more) => StartAsync(media, null, more);

    private static Task<DaemonProcess> StartAsync(string media, Transport? also, params string[] more) => DaemonProcess.StartAsync(new DaemonSettings
    {
        Transports = also is { } transport ? [Transport.Cunix, transport] : [Transport.Cunix],
        Options = [.. media.Contains(':', StringComparison.Ordinal) ? (string[])["-6", media] : ["-l", media], .. more],
        LogLevel = "info",
    });

    private static async Task ShouldNotCommandAsync(DaemonProcess daemon, IPEndPoint ng, IPEndPoint named, Disguise way, string order)
    {
        using NgClient client = new(ng, ProtocolType.Udp);
        using Impostor mallory = new(client, named);
        await client.DescribeAsync("offer", "kept", "a", null, new IPEndPoint(IPAddress.Loopback, 9));
        await mallory.CallAsync(way);

        int sent = mallory.Order(order);

        await ReceivedAsync(daemon, sent);
        (await client.AskAsync("list")).ShouldContain("4:kept");
        mallory.Heard.ShouldBe(0, "no reply comes back");
        (await daemon.Log.WaitForAsync("no media goes to")).ShouldContain(way == Disguise.RtcpOfNobody ? "RTCP address" : "socket of our own");
    }

    private static Task ReceivedAsync(DaemonProcess daemon, int packets) => Eventually.TrueAsync(
        async () => int.Parse(await daemon.AskAsync("G npkts_rcvd"), CultureInfo.InvariantCulture) >= packets, "what he sends to arrive");
}
