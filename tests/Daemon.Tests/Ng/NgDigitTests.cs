using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>Digits of calls of the ng protocol, as datagrams of JSON (docs/ng.md).</summary>
public sealed class NgDigitTests : IDisposable
{
    private static readonly byte[] Five = [5, 10, 0x02, 0x80];
    private static readonly byte[] FiveIsOver = [5, 0x80 | 10, 0x02, 0x80];

    private readonly MediaPhone _alice = new(IPAddress.Loopback);
    private readonly MediaPhone _bob = new(IPAddress.Loopback);
    private readonly Socket _first = NewReader();
    private readonly Socket _second = NewReader();

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task A_digit_is_told_in_the_words_of_rtpengine()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, ("label", "caller"));

        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        PressFive(_alice);
        string text = await ReadAsync(_first);

        using var json = JsonDocument.Parse(text);
        long at = json.RootElement.GetProperty("timestamp").GetInt64();
        at.ShouldBeInRange(before - 1, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
        text.ShouldBe(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"callid":"call","source_tag":"a","source_label":"caller","tags":["a","b"],"type":"DTMF","timestamp":{{at}},"source_ip":"127.0.0.1","event":5,"duration":80,"volume":10}"""));
        PressFive(_bob);
        (await ReadAsync(_first)).ShouldContain("\"source_tag\":\"b\",\"tags\"");
    }

    [Fact]
    public async Task A_call_can_name_another_target_of_the_options_and_no_other()
    {
        using Socket stranger = NewReader();
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, ("DTMF-log-dest", $"{_second.LocalEndPoint}"));
        PressFive(_alice);
        (await ReadAsync(_second)).ShouldContain("\"event\":5");

        await SetUpAsync(client, ("DTMF-log-dest", $"{stranger.LocalEndPoint}"));
        (await daemon.Log.WaitForAsync("is not permitted by --dtmf-log-dest")).ShouldContain($"{stranger.LocalEndPoint}");
        PressFive(_bob);
        (await ReadAsync(_second)).ShouldContain("\"source_tag\":\"b\"");
        stranger.Available.ShouldBe(0);
        _first.Available.ShouldBe(0);
    }

    private static Socket NewReader()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static async Task<string> ReadAsync(Socket reader)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        byte[] buffer = new byte[4096];
        int length = await reader.ReceiveAsync(buffer.AsMemory(), deadline.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static void PressFive(MediaPhone phone) => phone.SayOfOneMoment([Five, FiveIsOver, FiveIsOver, FiveIsOver], payloadType: 101);

    private Task<DaemonProcess> StartAsync(int port) => DaemonProcess.StartAsync(new DaemonSettings
    {
        Transports = [Transport.Unix],
        LogLevel = "info",
        Options =
        [
            "-l", "127.0.0.1", "--ng", $"udp:{port}",
            "--dtmf-log-dest", $"{_first.LocalEndPoint}", "--dtmf-log-dest", $"{_second.LocalEndPoint}",
        ],
    });

    private async Task SetUpAsync(NgClient client, params (string Key, string Value)[] more)
    {
        string offer = await client.AskAsync("offer", [("call-id", "call"), ("from-tag", "a"), .. more, ("sdp", Sdp(_alice))]);
        string answer = await client.AskAsync("answer", ("call-id", "call"), ("from-tag", "a"), ("to-tag", "b"), ("sdp", Sdp(_bob)));
        _bob.Remote = new IPEndPoint(IPAddress.Loopback, NgClient.PortIn(offer));
        _alice.Remote = new IPEndPoint(IPAddress.Loopback, NgClient.PortIn(answer));
    }

    private static string Sdp(MediaPhone phone) =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {phone.Local.Port} RTP/AVP 0 101\r\n"
        + "a=rtpmap:101 telephone-event/8000\r\n";
}
