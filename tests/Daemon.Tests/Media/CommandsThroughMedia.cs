using System.Net;
using System.Text;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>A caller who names the control socket as his address would command the relay by what he says.</summary>
public sealed class CommandsThroughMedia
{
    /// <summary>What <c>-l</c> says, the kind of control socket, how far below its port the description is.</summary>
    public static TheoryData<string, Transport, int> Ways => new()
    {
        { "127.0.0.1", Transport.Udp, 0 },
        { "127.0.0.1", Transport.Udp, 1 },
        { "0.0.0.0", Transport.Udp, 0 },
        { "0.0.0.0=203.0.113.1", Transport.Udp, 0 },
        { "six@::1", Transport.Udp6, 0 },
        { "six@::", Transport.Udp6, 0 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Through_his_own_call_he_ends_nobodys(string media, Transport transport, int below)
    {
        bool ipv6 = transport == Transport.Udp6;
        IPAddress loopback = ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Transports = [Transport.Cunix, transport],
            Options = ipv6 ? ["-l", "127.0.0.1", "-6", media] : ["-l", media],
            LogLevel = "info",
        });
        string six = ipv6 ? "6" : "";
        int controlPort = ((IPEndPoint)daemon.Socket(transport).EndPoint!).Port;
        using MediaPhone mallory = new(loopback);
        await daemon.AskAsync($"U{six} kept {loopback} 9 a");
        int port = PortOf(await daemon.AskAsync($"U{six} own {loopback} {controlPort - below} a"));
        await daemon.AskAsync($"L{six} own {loopback} {mallory.Local.Port} a b");

        mallory.Remote = new IPEndPoint(loopback, port);
        for (int i = 0; i < 20; i++)
        {
            mallory.SendRtp(Encoding.Latin1.GetBytes($"{i} X"));
            mallory.SendReport(Encoding.Latin1.GetBytes($"r{i} X"));
        }

        await Eventually.TrueAsync(async () => (await daemon.AskAsync("G npkts_rcvd")) is var count && int.Parse(count, null) >= 40);
        (await daemon.AskAsync("G nsess_destroyed")).ShouldBe("0");
        mallory.TakeAll().ShouldBe(0, "no reply comes back");
        (await daemon.Log.WaitForAsync("no media goes to caller's")).ShouldContain("socket of our own");
    }

    [Fact]
    public async Task Loopback_is_not_reached_from_a_relay_that_does_not_listen_there_unless_allowed()
    {
        IPAddress? other = await OwnAddressAsync();
        Assert.SkipWhen(other is null, "this machine has no address but loopback");
        foreach (bool isAllowed in (bool[])[false, true])
        {
            await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
            {
                Options = ["-l", other!.ToString(), .. isAllowed ? (string[])["--allow-media-to", "127.0.0.0/8"] : []],
            });
            using MediaPhone program = new(IPAddress.Loopback);
            using MediaPhone caller = new(other);
            int port = PortOf(await daemon.AskAsync($"U call 127.0.0.1 {program.Local.Port} a"));
            await daemon.AskAsync($"L call {other} {caller.Local.Port} a b");

            caller.Remote = new IPEndPoint(other, port);
            caller.Say();
            await Eventually.TrueAsync(async () => await daemon.AskAsync("G npkts_rcvd") == "1");

            (await daemon.AskAsync("G npkts_relayed")).ShouldBe(isAllowed ? "1" : "0");
        }
    }

    [Theory]
    [InlineData("127.0.0.1/8")]
    [InlineData("localhost")]
    [InlineData("10.0.0.0/33")]
    public async Task A_block_that_is_none_ends_the_start(string block)
    {
        ProgramResult result = await DaemonProcess.RunAsync("-f", "-F", "--allow-media-to", block);

        result.Status.ShouldBe(1);
        result.Error.ShouldBe($"rtpproxy: --allow-media-to is '{block}'; expected a block of addresses, such as 127.0.0.0/8 or fd00::/8\n");
    }

    private static async Task<IPAddress?> OwnAddressAsync()
    {
        IPAddress[] all = await Dns.GetHostAddressesAsync("", System.Net.Sockets.AddressFamily.InterNetwork);
        return Array.Find(all, address => !IPAddress.IsLoopback(address));
    }

    private static int PortOf(string reply) => int.Parse(reply.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
