using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RtpProxy.Io.Tests.ControlEndpoints;
using RtpProxy.Io.Tests.Hosts;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Io.Tests.Journal;

/// <summary>The words of media rules, sections 2.8 and 9, told by a real call.</summary>
public sealed partial class EventLogTests
{
    [Fact]
    public async Task A_call_is_told_in_the_words_of_the_original()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        using var caller = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var callee = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        string port0 = (await control.AskAsync($"U call 127.0.0.1 {Port(caller)} ft;1\n")).Split(' ')[0];
        string port1 = (await control.AskAsync($"L call 127.0.0.1 {Port(callee)} ft;1 tt;1\n")).Split(' ')[0];
        await caller.SendAsync(
            new byte[] { 0x80, 0, 0, 10, 0, 0, 0, 0, 0x11, 0x22, 0x33, 0x44, 1, 2, 3, 4 },
            new IPEndPoint(IPAddress.Loopback, int.Parse(port1, null)));
        await callee.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await control.AskAsync("D call ft\n");

        string[] lines = [.. relay.Logger.Lines.Where(line => line.Id is >= 2000 and < 3000).Select(line => Times().Replace(line.Text, "T"))];

        lines[^1].ShouldStartWith("verdict waiting: the call was set up");
        lines[..^1].ShouldBe(
        [
            "new IPv4/IPv4 session call, tag ft;1 requested, type strong",
            $"new session on IPv4 port {port0} created, tag ft;1",
            $"pre-filling caller's RTP address with 127.0.0.1:{Port(caller)}",
            $"pre-filling caller's RTCP address with 127.0.0.1:{Port(caller) + 1}",
            $"pre-filling callee's RTP address with 127.0.0.1:{Port(callee)}",
            $"pre-filling callee's RTCP address with 127.0.0.1:{Port(callee) + 1}",
            $"lookup on ports {port0}/{port1}, session timer restarted",
            $"caller's address latched in: 127.0.0.1:{Port(caller)} (RTP), SSRC=0x11223344, Seq=10",
            $"forcefully deleting session 1 on ports {port0}/{port1}",
            "RTP stats: 0 in from callee, 1 in from caller, 1 relayed, 0 dropped, 0 ignored",
            "RTP times: caller: first in at T, duration T, longest IPI T",
            "RTCP stats: 0 in from callee, 0 in from caller, 0 relayed, 0 dropped, 0 ignored",
            "RTP stream from caller: SSRC=0x11223344, ssrc_changes=1, psent=1, precvd=1, plost=0, pdups=0",
            "RTP stream from callee: SSRC=NONE, ssrc_changes=0, psent=0, precvd=0, plost=0, pdups=0",
            $"session on ports {port0}/{port1} is cleaned up",
            "RTP quality of caller: MOS-LQ 4.41, lowest -; 0 lost, 0 late; jitter - ms, at most -; round trip - ms",
        ]);
    }

    [Fact]
    public async Task Drops_are_told_by_reason_and_add_up_to_the_figure()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);
        using var caller = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await control.AskAsync($"Uz999 call 127.0.0.1 {Port(caller)} ft\n");
        string port1 = (await control.AskAsync("L call x 0 ft tt\n")).Split(' ')[0];
        var ours = new IPEndPoint(IPAddress.Loopback, int.Parse(port1, null));
        foreach (int number in (int[])[1, 2, 3, 1, 4]) // 999 ms, then one that came before, then one that waits for two seconds
        {
            await caller.SendAsync(RtpBytes.Rtp(number, timestamp: (uint)number * 2664, length: 2664), ours);
        }

        await Eventually.TrueAsync(
            async () => await control.AskAsync("Q call ft tt npkts_ina\n") == "5\n", () => "not all five packets were counted");
        await control.AskAsync("D call ft\n");

        relay.Logger.Texts.ShouldContain("RTP stats: 0 in from callee, 5 in from caller, 0 relayed, 1 dropped, 0 ignored");
        relay.Logger.Texts.Where(text => text.Contains("dropped here", StringComparison.Ordinal))
            .ShouldBe(["NoDestination: 1 packets dropped here"]);
    }

    [Fact]
    public async Task A_hostile_call_id_cannot_forge_a_line()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient control = await relay.ConnectAsync(0);

        await control.AskAsync("U \u001B[2Jcall 127.0.0.1 4000 \u0007tag\n");

        relay.Logger.Texts.ShouldContain(@"new IPv4/IPv4 session \x1B[2Jcall, tag \x07tag requested, type strong");
        relay.Logger.Texts.ShouldAllBe(text => !text.Any(char.IsControl));
    }

    private static int Port(UdpClient phone) => ((IPEndPoint)phone.Client.LocalEndPoint!).Port;

    [GeneratedRegex(@"\d+\.\d{6}")]
    private static partial Regex Times();
}
