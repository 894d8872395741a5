using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.SipEdge.Tests;

/// <summary>From SIP alone: who names a control socket in his session description commands nothing by what is said to him.</summary>
public sealed class MediaCommandsNothing
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.9")]
    public async Task The_control_socket_of_the_relay_hears_no_caller(string named)
    {
        await using DaemonProcess relay = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Transports = [TestKit.Conversations.Transport.Udp, TestKit.Conversations.Transport.Cunix],
            LogLevel = "info",
        });
        var control = (IPEndPoint)relay.Sockets[0].EndPoint!;
        using var caller = new SipPeer();
        using var callee = new SipPeer("127.0.0.2");
        using var accomplice = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(callee, $"udp:{control}"));
        var call = new Dialogue(caller, callee, edge.Udp);

        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp(named, control.Port)));
        SipMessage invite = await callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(
            invite, "200 OK", sdp: Dialogue.Sdp("127.0.0.2", ((IPEndPoint)accomplice.Client.LocalEndPoint!).Port)));
        await caller.ExpectAsync("SIP/2.0 200");
        for (int i = 0; i < 20; i++)
        {
            await SayAsync(accomplice, $"{i} X", MediaPortOf(invite));
        }

        await using ControlClient controller = await relay.ConnectAsync(TestKit.Conversations.Transport.Cunix);
        await TestKit.Eventually.TrueAsync(async () => await controller.AskAsync("G npkts_rcvd") == "20");
        (await controller.AskAsync("G nsess_destroyed")).ShouldBe("0");
        accomplice.Available.ShouldBe(0);
    }

    [Fact]
    public async Task Nor_does_the_proxy_that_carries_media_itself()
    {
        using var caller = new SipPeer();
        using var callee = new SipPeer("127.0.0.2");
        using var accomplice = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(callee, null));
        var call = new Dialogue(caller, callee, edge.Udp);

        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("127.0.0.1", edge.Udp.Port)));
        SipMessage invite = await callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(
            invite, "200 OK", sdp: Dialogue.Sdp("127.0.0.2", ((IPEndPoint)accomplice.Client.LocalEndPoint!).Port)));
        await caller.ExpectAsync("SIP/2.0 200");
        await SayAsync(accomplice, call.Initial("OPTIONS", null, "sip:bob@example.com").Replace("call-1", "other", StringComparison.Ordinal), MediaPortOf(invite));

        call.CallerSends(call.Initial("MESSAGE", null, branch: "z9hG4bK-after"));
        await callee.ExpectAsync("MESSAGE");
        callee.HasMail.ShouldBeFalse("what was said as media was no request");
    }

    private static async Task SayAsync(UdpClient from, string text, int port) => await from.SendAsync(
        Encoding.Latin1.GetBytes(text).AsMemory(), new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);

    private static int MediaPortOf(SipMessage message)
    {
        string text = message.Text;
        int start = text.IndexOf("m=audio ", StringComparison.Ordinal) + "m=audio ".Length;
        return int.Parse(text[start..text.IndexOf(' ', start)], CultureInfo.InvariantCulture);
    }

    private static string Configuration(SipPeer callee, string? relay) => $$"""
        {
          "listen": [{ "transport": "udp", "address": "127.0.0.1", "port": 0 }],
          "nextHop": "sip:{{callee.HostPort}}",
          {{(relay is null ? "" : $"\"relays\": {{ \"sockets\": [\"{relay}\"] }},")}}
          {{Edge.OpenToServers}}
          "log": "information"
        }
        """;
}
