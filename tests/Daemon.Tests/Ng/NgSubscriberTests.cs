using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RtpProxy.Daemon.Tests.Keeping;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>A recording server that hears a call, on the executable (docs/ng.md, recording servers).</summary>
public sealed partial class NgSubscriberTests : IDisposable
{
    private readonly MediaPhone _alice = new(IPAddress.Loopback);
    private readonly MediaPhone _bob = new(IPAddress.Loopback);
    private readonly MediaPhone _first = new(IPAddress.Loopback);
    private readonly MediaPhone _second = new(IPAddress.Loopback);

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task A_recording_server_hears_both_parties_through_upgrade_and_death_until_it_leaves()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("--ng", $"udp:{port}");
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client);

        string offer = await client.AskAsync("subscribe request", ("call-id", "call"), ("to-tag", "rec"), ("rtpp-flags", "all siprec"));
        offer.ShouldContain("9:from-tagsl1:a1:be");
        offer.ShouldContain("a=sendonly");
        offer.ShouldContain("12:media-labelsd1:0d3:tag1:a5:indexi1e4:type5:audio4:mode8:sendrecve1:1d3:tag1:b");
        MatchCollection lines = AudioLine().Matches(offer);
        lines.Count.ShouldBe(2);
        (await AnswerAsync(client, _first.Local.Port, _second.Local.Port)).ShouldBe("d6:result2:oke");
        await TalkAsync();

        // What it sends is nobody's, on RTP and RTCP.
        _first.Remote = new IPEndPoint(IPAddress.Loopback, PortIn(offer));
        _first.Say();
        _first.Report();
        _alice.Report();
        await _bob.HearReportAsync();
        await _first.HearReportAsync();

        await daemon.UpgradeAsync();
        await TalkAsync();
        await daemon.KillAsync();
        await TalkAsync();

        string query = await client.AskAsync("query", ("call-id", "call"));
        query.ShouldContain("7:pub/sub");
        string again = await client.AskAsync("subscribe request", ("call-id", "call"), ("to-tag", "rec"), ("from-tag", "b"));
        AudioLine().Matches(again)[0].Groups[1].Value.ShouldBe("0", "the line of a is offered no more");
        AudioLine().Matches(again)[1].Groups[1].Value.ShouldBe(lines[1].Groups[1].Value);
        _alice.Say();
        await _bob.HearAsync();
        _bob.Say();
        await _alice.HearAsync();
        await _second.HearAsync();
        _first.TakeAll().ShouldBe(0);

        (await client.AskAsync("unsubscribe", ("call-id", "call"), ("to-tag", "rec"))).ShouldBe("d6:result2:oke");
        (await client.AskAsync("unsubscribe", ("call-id", "call"), ("to-tag", "rec"))).ShouldContain("16:To-tag not found");
        _bob.Say();
        await _alice.HearAsync();
        _second.TakeAll().ShouldBe(0);
        (await client.AskAsync("delete", ("call-id", "call"))).ShouldContain("6:result2:ok");
    }

    [Fact]
    public async Task Somebody_publishes_and_a_subscriber_hears_it()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("--ng", $"udp:{port}");
        using NgClient client = new(port, ProtocolType.Udp);
        string sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + $"m=audio {_alice.Local.Port} RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendonly\r\nm=video 0 RTP/AVP 96\r\n";

        string named = await client.AskAsync("publish", ("call-id", "call"), ("from-tag", "a"), ("sdp", sdp));
        named.ShouldContain("7:call-id4:call");
        named.ShouldContain("8:from-tag1:a");
        named.ShouldContain(" RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=recvonly\r\n");
        named.ShouldContain("m=video 0 RTP/AVP 96\r\n");
        _alice.Remote = new IPEndPoint(IPAddress.Loopback, PortIn(named));
        string asked = await client.AskAsync("subscribe request", ("call-id", "call"), ("from-tag", "a"), ("to-tag", "rec"));
        asked.ShouldContain("a=sendonly");
        await AnswerAsync(client, _first.Local.Port);
        _alice.Say();
        await _first.HearAsync();

        (await client.AskAsync("publish", ("sdp", sdp))).ShouldContain("7:call-id32:");
        (await client.AskAsync("publish")).ShouldContain("No SDP body in message");
        (await client.AskAsync("publish", ("sdp", "x"))).ShouldContain("Failed to parse SDP");
        (await client.AskAsync("publish", ("sdp", sdp), ("interface", "x"))).ShouldContain("Unknown interface");
        (await client.AskAsync("publish", ("sdp", sdp.Replace("AVP 0 8", "SAVP 0 8", StringComparison.Ordinal)))).ShouldContain("SRTP is not supported");
    }

    [Fact]
    public async Task What_cannot_be_heard_is_said_in_the_words_of_the_original()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("--ng", $"udp:{port}");
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client);
        await ShouldRefuseAsync("Unknown call-ID(s)", "subscribe request", ("call-id", "other"), ("from-tag", "a"));
        await ShouldRefuseAsync("From-tag given, but no such tag exists", "subscribe request", ("call-id", "call"), ("from-tag", "x"));
        await ShouldRefuseAsync("No monologue matching the given label", "subscribe request", ("call-id", "call"), ("label", "x"));
        await ShouldRefuseAsync("No medias found (no monologues matched)", "subscribe request", ("call-id", "call"));
        await ShouldRefuseAsync("Invalid dialogue association", "subscribe request", ("call-id", "call"), ("from-tag", "a"), ("to-tag", "b"));
        await ShouldRefuseAsync("Unknown interface", "subscribe request", ("call-id", "call"), ("from-tag", "a"), ("interface", "x"));
        await ShouldRefuseAsync("SRTP is not supported", "subscribe request", ("call-id", "call"), ("from-tag", "a"), ("transport-protocol", "RTP/SAVP"));
        await ShouldRefuseAsync("Unknown call-ID", "subscribe answer", ("call-id", "other"), ("to-tag", "x"), ("sdp", "v=0"));
        await ShouldRefuseAsync("No to-tag in message", "subscribe answer", ("call-id", "call"));
        await ShouldRefuseAsync("No SDP body in message", "subscribe answer", ("call-id", "call"), ("to-tag", "x"));
        await ShouldRefuseAsync("Failed to parse SDP", "subscribe answer", ("call-id", "call"), ("to-tag", "x"), ("sdp", "x"));
        await ShouldRefuseAsync("Unknown call-ID", "unsubscribe", ("call-id", "other"), ("to-tag", "x"));
        await ShouldRefuseAsync("No to-tag in message", "unsubscribe", ("call-id", "call"));

        string named = await client.AskAsync("subscribe request", ("call-id", "call"), ("from-tag", "a"));
        named.ShouldContain("6:to-tag32:");
        named.ShouldContain("8:from-tag1:a");
        named.ShouldContain("o=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n", customMessage: "of the one that is heard");

        async Task ShouldRefuseAsync(string error, string command, params (string Key, string Value)[] fields) =>
            (await client.AskAsync(command, fields)).ShouldBe($"d6:result5:error12:error-reason{error.Length}:{error}e");
    }

    private static int PortIn(string reply) => int.Parse(AudioLine().Match(reply).Groups[1].Value, CultureInfo.InvariantCulture);

    private static Task<string> AnswerAsync(NgClient client, params int[] ports)
    {
        string media = string.Concat(ports.Select(port =>
            string.Create(CultureInfo.InvariantCulture, $"m=audio {port} RTP/AVP 0\r\na=recvonly\r\n")));
        return client.AskAsync(
            "subscribe answer",
            ("call-id", "call"),
            ("to-tag", "rec"),
            ("sdp", $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n{media}"));
    }

    private async Task SetUpAsync(NgClient client)
    {
        int forBob = await client.DescribeAsync("offer", "call", "a", null, _alice.Local);
        int forAlice = await client.DescribeAsync("answer", "call", "a", "b", _bob.Local);
        _alice.Remote = new IPEndPoint(IPAddress.Loopback, forAlice);
        _bob.Remote = new IPEndPoint(IPAddress.Loopback, forBob);
    }

    /// <summary>Each says something that the other and the recorder hear.</summary>
    private async Task TalkAsync()
    {
        _alice.Say();
        byte[] heard = await _bob.HearAsync();
        (await _first.HearAsync()).ShouldBe(heard);
        _bob.Say();
        heard = await _alice.HearAsync();
        (await _second.HearAsync()).ShouldBe(heard);
    }

    [GeneratedRegex("\r\nm=audio ([0-9]+) ")]
    private static partial Regex AudioLine();
}
