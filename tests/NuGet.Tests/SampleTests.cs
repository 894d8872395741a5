using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.NuGet.Tests;

/// <summary>The samples do what they say, with a relay that is a process.</summary>
public sealed partial class SampleTests
{
    [Theory]
    [InlineData("first-call", "FirstCall", "a=nortpproxy:yes")]
    [InlineData("rewrite-offer", "RewriteOffer", "Offer Done ")]
    [InlineData("ask-relay", "AskRelay", "0 sessions")]
    public async Task A_sample_runs_to_its_end(string name, string project, string says)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new() { Transports = [Transport.Udp] });
        ProgramResult result = await Command.RunAsync("/", Sample(name, project), daemon.Sockets[0].Argument);
        result.ShouldSucceed();
        result.Output.ShouldContain(says);
    }

    [Fact]
    public async Task The_hosted_sample_places_a_call_and_ends()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new() { Transports = [Transport.Udp] });
        ProgramResult result = await Command.RunAsync(
            daemon.Directory.Path, Sample("hosted", "Hosted"), $"--RtpProxy:Relays:0={daemon.Sockets[0].Argument}");
        result.ShouldSucceed();
        result.Output.ShouldContain("offer Done, answer Done, end Done, relays Healthy");
        result.Output.ShouldContain("is up");
    }

    [Fact]
    public async Task A_caller_of_the_user_agent_hears_itself_through_the_relay()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new() { Transports = [Transport.Udp] });
        using Process agent = Process.Start(new ProcessStartInfo(Sample("user-agent", "UserAgent"), [daemon.Sockets[0].Argument, "127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            string line = await agent.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Deadline) ?? "";
            IPEndPoint server = IPEndPoint.Parse(line["listening on ".Length..]);
            using var sip = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            using var rtp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            string ok = await AskAsync(sip, server, Invite(rtp));
            ok.ShouldStartWith("SIP/2.0 200 OK\r\n");
            ok.ShouldContain("a=nortpproxy:yes");
            int relayPort = int.Parse(AudioPort().Match(ok).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

            // The first packets make the relay believe its party.
            byte[] packet = [0x80, 0, 0, 1, 0, 0, 0, 160, 1, 2, 3, 4, 5, 6, 7, 8];
            Task<UdpReceiveResult> echo = rtp.ReceiveAsync();
            for (int i = 0; i < 200 && !echo.IsCompleted; i++)
            {
                packet[3]++;
                await rtp.SendAsync(packet, new IPEndPoint(IPAddress.Loopback, relayPort));
                await Task.WhenAny(echo, Task.Delay(20));
            }

            UdpReceiveResult heard = await echo.WaitAsync(Eventually.Deadline);
            heard.RemoteEndPoint.Port.ShouldBe(relayPort);
            heard.Buffer[^8..].ShouldBe(packet[^8..]);

            (await AskAsync(sip, server, Request("BYE", 2, ";tag=ua-6"))).ShouldStartWith("SIP/2.0 200 OK\r\n");
            (await daemon.AskAsync("Ib")).ShouldContain("active sessions: 0");
        }
        finally
        {
            agent.Kill();
        }
    }

    private static string Sample(string name, string project)
    {
        // Samples are not published: artifacts/bin/<project>/<configuration>/ beside that of this test.
        DirectoryInfo configuration = new(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(configuration.Parent!.Parent!.FullName, $"RtpProxy.Samples.{project}", configuration.Name, name);
    }

    private static async Task<string> AskAsync(UdpClient sip, IPEndPoint server, string request)
    {
        await sip.SendAsync(Encoding.ASCII.GetBytes(request), server);
        UdpReceiveResult response = await sip.ReceiveAsync().WaitAsync(Eventually.Deadline);
        return Encoding.ASCII.GetString(response.Buffer);
    }

    private static string Invite(UdpClient rtp)
    {
        int port = ((IPEndPoint)rtp.Client.LocalEndPoint!).Port;
        return Request("INVITE", 1, "", $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n");
    }

    private static string Request(string method, int number, string toTag, string sdp = "") =>
        $"{method} sip:echo@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK{number}\r\nFrom: <sip:a@h>;tag=a\r\n"
        + $"To: <sip:echo@127.0.0.1>{toTag}\r\nCall-ID: call-1\r\nCSeq: {number} {method}\r\n"
        + $"Content-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}";

    [GeneratedRegex(@"m=audio (\d+) ")]
    private static partial Regex AudioPort();
}
