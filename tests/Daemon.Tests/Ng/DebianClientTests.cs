using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>The client that operators of rtpengine have at hand, unmodified: <c>rtpengine-ng-client</c> of Debian's rtpengine-utils.</summary>
public sealed class DebianClientTests
{
    private const string Ok = "\n{}\n"; // nothing beside the result, which it takes for granted
    private const string Program = "rtpengine-ng-client";
    private const string Offer = "v=0\no=- 1 1 IN IP4 192.0.2.10\ns=-\nc=IN IP4 192.0.2.10\nt=0 0\nm=audio 4000 RTP/AVP 0 101\na=rtpmap:101 telephone-event/8000\n";

    [Theory]
    [InlineData()]
    [InlineData("--json")]
    public async Task It_reads_the_replies_to_all_that_a_call_needs(params string[] encoding) // none: bencode
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Transports = [Transport.Unix],
            Options = ["-l", "127.0.0.1", "--ng", $"udp:{port}"],
        });
        Task<string> Ask(string command, params string[] more) => AskAsync(port, [command, .. encoding, .. more]);

        (await Ask("ping")).ShouldContain("'pong'");
        string offered = await Ask("offer", "--call-id=c", "--from-tag=a", "--replace-origin", "--ICE=remove", $"--sdp={Offer}");
        offered.ShouldContain("c=IN IP4 127.0.0.1");
        (await Ask("answer", "--call-id=c", "--from-tag=a", "--to-tag=b", $"--sdp={Offer}")).ShouldContain("c=IN IP4 127.0.0.1");
        (await Ask("list")).ShouldContain("'c'");
        (await Ask("block media", "--call-id=c", "--from-tag=a")).ShouldContain(Ok);
        (await Ask("silence media", "--call-id=c", "--from-tag=a")).ShouldContain(Ok);
        string told = await Ask("query", "--call-id=c");
        told.ShouldContain("medias =>");
        told.ShouldContain("type => 'audio'");
        (await Ask("delete", "--call-id=c", "--from-tag=a")).ShouldContain("created =>");
        (await Ask("list")).ShouldNotContain("'c'");
    }

    private static async Task<string> AskAsync(int port, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Program, [.. arguments, "--proxy-address=127.0.0.1", $"--proxy-port={port.ToString(CultureInfo.InvariantCulture)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        error.ShouldBeEmpty();
        process.ExitCode.ShouldBe(0);
        return await output;
    }
}
