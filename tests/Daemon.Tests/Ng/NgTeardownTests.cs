using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>Who is asked to end calls that have timed out (docs/ng.md, calls that time out).</summary>
public sealed class NgTeardownTests : IDisposable
{
    private const string Sdp =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\nm=audio 4002 RTP/AVP 0\r\n";

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public NgTeardownTests() => _server.Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_call_that_times_out_is_told_once_and_one_that_nobody_answered_is_not()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await client.AskAsync("offer", ("call-id", "unanswered"), ("from-tag", "a"), ("sdp", Sdp));
        await SetUpAsync(client, "one <&> two");

        string request = await AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        request.ShouldStartWith($"POST /RPC2 HTTP/1.1\r\nHost: {_server.LocalEndpoint}\r\n");
        request.ShouldEndWith(
            "<methodCall><methodName>dlg.terminate_dlg</methodName><params><param><value><string>one &lt;&amp;&gt; two</string></value></param>"
            + "<param><value><string>a</string></value></param><param><value><string>b</string></value></param></params></methodCall>\n");
        await daemon.Log.WaitForAsync("unanswered");
        await SetUpAsync(client, "later");
        (await AnswerAsync("HTTP/1.1 200 OK\r\n\r\n")).ShouldContain("<string>later</string>", customMessage: "and nothing before it");
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not found\r\n\r\n", "it answers 404")]
    [InlineData("SSH-2.0-OpenSSH", "what answers there is no HTTP server")]
    [InlineData("HTTP", "the connection ended without a reply")]
    [InlineData(null, "no reply in time")]
    public async Task What_is_not_taken_is_told_in_the_log_and_the_relay_goes_on(string? reply, string reason)
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, "call");

        using Socket? silent = reply is null ? await _server.AcceptSocketAsync() : null;
        _ = reply is null ? "" : await AnswerAsync(reply);

        (await daemon.Log.WaitForAsync("that a call has timed out")).ShouldContain(reason);
        await SetUpAsync(client, "next");
        (await AnswerAsync("HTTP/1.0 200 OK\r\n\r\n")).ShouldContain("<string>next</string>");
    }

    [Fact]
    public async Task However_many_calls_are_not_taken_the_log_says_it_once_and_then_how_often()
    {
        const int Calls = 12;
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        for (int i = 0; i < Calls; i++)
        {
            await SetUpAsync(client, $"call-{i}");
        }

        for (int i = 0; i < Calls; i++)
        {
            await AnswerAsync("HTTP/1.1 404 Not found\r\n\r\n");
        }

        await SetUpAsync(client, "last");
        await AnswerAsync("HTTP/1.1 200 OK\r\n\r\n");
        await daemon.SignalAsync("INT");
        await daemon.WaitForExitAsync();

        string[] told = [.. daemon.Log.All.Where(line => line.Contains("that a call has timed out", StringComparison.Ordinal))];
        told.Length.ShouldBeLessThan(Calls);
        told.ShouldContain(line => line.Contains(" times again in ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "di:sbc,postControlCmd,a,teardown", "di:sbc,postControlCmd,b,teardown")]
    [InlineData(1, "teardown:call")]
    [InlineData(2, "dlg.terminate_dlg:call,a,b")]
    public async Task Each_format_is_asked_for_in_its_own_words(int format, params string[] requests)
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port, "--xmlrpc-format", $"{format}");
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, "call");

        foreach (string expected in requests)
        {
            var asked = XElement.Parse((await AnswerAsync("HTTP/1.1 200 OK\r\n\r\n")).Split("\r\n\r\n")[1]);
            $"{asked.Element("methodName")!.Value}:{string.Join(',', asked.Descendants("string").Select(text => text.Value))}".ShouldBe(expected);
        }

        await SetUpAsync(client, "later");
        (await AnswerAsync("HTTP/1.1 200 OK\r\n\r\n")).ShouldContain(format == 0 ? "<string>a</string>" : "<string>later</string>", customMessage: "and nothing before it");
    }

    private Task<DaemonProcess> StartAsync(int port, params string[] options) => DaemonProcess.StartAsync(new DaemonSettings
    {
        Transports = [Transport.Unix],
        LogLevel = "info",
        Options = ["-l", "127.0.0.1", "-T", "1", "--ng", $"udp:{port}", "--b2b-url", $"http://{_server.LocalEndpoint}/RPC2", .. options],
    });

    private static async Task SetUpAsync(NgClient client, string callId)
    {
        (await client.AskAsync("offer", ("call-id", callId), ("from-tag", "a"), ("sdp", Sdp))).ShouldContain("6:result2:ok");
        (await client.AskAsync("answer", ("call-id", callId), ("from-tag", "a"), ("to-tag", "b"), ("sdp", Sdp))).ShouldContain("6:result2:ok");
    }

    /// <summary>The next request.</summary>
    private async Task<string> AnswerAsync(string reply)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        using Socket connection = await _server.AcceptSocketAsync(deadline.Token);
        byte[] buffer = new byte[4096];
        string request = "";
        while (!request.EndsWith("</methodCall>\n", StringComparison.Ordinal))
        {
            int length = await connection.ReceiveAsync(buffer.AsMemory(), deadline.Token);
            length.ShouldBeGreaterThan(0, request);
            request += Encoding.Latin1.GetString(buffer, 0, length);
        }

        await connection.SendAsync(Encoding.Latin1.GetBytes(reply), deadline.Token);
        return request;
    }
}
