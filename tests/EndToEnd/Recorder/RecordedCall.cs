using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.EndToEnd.Sipp;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Recorder;

/// <summary>A recording server that is SIPp hears a call of two phones through the relay (SIPREC; docs/ng.md, recording servers).</summary>
public sealed class RecordedCall : IDisposable
{
    private const int Packets = 100;

    private readonly WorkDirectory _directory = new();
    private readonly RtpPhone _alice = new(Loopback.NextAddress());
    private readonly RtpPhone _bob = new(Loopback.NextAddress());
    private readonly Socket _commands = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private int _cookies;

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _commands.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task All_that_both_say_gets_to_the_recording_server_and_nothing_of_it_to_them()
    {
        IPAddress host = Loopback.NextAddress();
        var ng = new IPEndPoint(host, Loopback.FreeUdpPort(host));
        await using RelayDaemon relay = await RelayDaemon.StartAsync("relay", "udp", _directory, "--ng", $"udp:{ng}");
        _commands.Connect(ng);
        _bob.Remote = await DescribeAsync("offer", null, _alice);
        _alice.Remote = await DescribeAsync("answer", "b", _bob);

        IPAddress server = Loopback.NextAddress(); // all its ports are free
        var sip = new IPEndPoint(server, Loopback.FreeUdpPort(server));
        await using ChildProcess sipp = await ChildProcess.StartAsync(
            "sipp",
            "sipp",
            [
                "-sf", Path.Combine(AppContext.BaseDirectory, "Recorder", "srs.xml"), "-i", $"{server}", "-p", $"{sip.Port}",
                "-mi", $"{server}", "-mp", "6000", "-rtp_echo", "-m", "1", "-nostdin", "-timeout", "60s", "-timeout_error",
            ],
            _directory);
        using var client = new RecordingClient(sip);
        JsonNode asked = await AskAsync(new() { ["command"] = "subscribe request", ["flags"] = new JsonArray("all", "siprec") });
        asked["media-labels"]!["1"]!["tag"]!.GetValue<string>().ShouldBe("b");
        string tag = asked["to-tag"]!.GetValue<string>();
        string answer = await client.InviteAsync(asked["sdp"]!.GetValue<string>());
        await AskAsync(new() { ["command"] = "subscribe answer", ["to-tag"] = tag, ["sdp"] = answer });

        var distance = TimeSpan.FromMilliseconds(20);
        await Task.WhenAll(
            _alice.TalkAsync(Packets, distance, TestContext.Current.CancellationToken),
            _bob.TalkAsync(Packets, distance, TestContext.Current.CancellationToken));
        await _bob.ListenAsync(_alice);
        await _alice.ListenAsync(_bob);
        _bob.ShouldHaveHeardExactly(_alice, _bob.Remote);
        _alice.ShouldHaveHeardExactly(_bob, _alice.Remote);

        // What the server echoes ends at its ports: all that was said has got there.
        await Eventually.TrueAsync(
            async () => await relay.CounterAsync("npkts_discard") == 2 * Packets, () => $"not all was echoed. {sipp.Tail()}");

        await AskAsync(new() { ["command"] = "unsubscribe", ["to-tag"] = tag });
        await client.HangUpAsync();
        (await sipp.Ended).ShouldBe(0, sipp.Tail());
        (await relay.SummaryAsync("active sessions")).ShouldBe(1, "the call itself");
    }

    private async Task<IPEndPoint> DescribeAsync(string command, string? toTag, RtpPhone phone)
    {
        IPEndPoint local = phone.Rtp.Local;
        var request = new JsonObject
        {
            ["command"] = command,
            ["from-tag"] = "a",
            ["sdp"] = $"v=0\r\no=- 1 1 IN IP4 {local.Address}\r\ns=-\r\nc=IN IP4 {local.Address}\r\nt=0 0\r\nm=audio {local.Port} RTP/AVP 0\r\n",
        };
        if (toTag is not null)
        {
            request["to-tag"] = toTag;
        }

        SdpMedia media = new SdpText((await AskAsync(request))["sdp"]!.GetValue<string>()).Media[0];
        return new IPEndPoint(IPAddress.Parse(media.Address), media.Port);
    }

    private async Task<JsonNode> AskAsync(JsonObject request)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Eventually.Deadline);
        request["call-id"] = "call";
        string cookie = $"{++_cookies} ";
        await _commands.SendAsync(Encoding.Latin1.GetBytes(cookie + request.ToJsonString(new JsonSerializerOptions())));
        byte[] buffer = new byte[65_536];
        string reply = Encoding.Latin1.GetString(buffer, 0, await _commands.ReceiveAsync(buffer, limit.Token));
        reply.ShouldStartWith(cookie);
        JsonNode read = JsonNode.Parse(reply[cookie.Length..])!;
        read["result"]!.GetValue<string>().ShouldBe("ok", reply);
        return read;
    }
}
