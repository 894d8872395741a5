using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Codecs.G711;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit.Audio;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>WAV files that are played to parties of calls, as they hear them (docs/ng.md).</summary>
public sealed class NgPlayTests : IDisposable
{
    private const int Hertz = 700;

    private readonly MediaPhone _alice = new(IPAddress.Loopback);
    private readonly MediaPhone _bob = new(IPAddress.Loopback);

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task A_file_of_any_rate_is_heard_in_the_codec_of_the_party(int payloadType)
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, $"18 {payloadType}");
        Directory.CreateDirectory(daemon.Directory.File("music"));
        await File.WriteAllBytesAsync(daemon.Directory.File("music/tone.wav"), WavBytes.Tone(44_100, 0.5, Hertz, Hertz));

        (await PlayAsync(client, "file", "music/tone.wav")).ShouldBe("d6:result2:ok8:durationi500ee");

        ShouldBeTheTone(await _alice.HearAsync(25), payloadType);
        (await PlayAsync(client, "file", "../music/tone.wav")).ShouldContain("Failed to start media playback from file");
        (await PlayAsync(client, "file", daemon.Directory.File("music/tone.wav"))).ShouldContain("Failed to start media playback from file");
        (await PlayAsync(client, "file", "music")).ShouldContain("Failed to start media playback from file");
    }

    [Fact]
    public async Task A_directory_for_prompts_has_all_that_can_be_played()
    {
        using WorkingDirectory prompts = new();
        string directory = Directory.CreateDirectory(prompts.File("größe")).FullName;
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port, "--ng-prompts", directory + "/");
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, "0");
        foreach (string path in (string[])[Path.Combine(directory, "tone.wav"), prompts.File("above.wav"), daemon.Directory.File("current.wav")])
        {
            await File.WriteAllBytesAsync(path, WavBytes.Tone(8_000, 0.5, Hertz));
        }

        string named = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"{directory}/tone.wav"));
        (await PlayAsync(client, "file", named)).ShouldBe("d6:result2:ok8:durationi500ee");
        (await PlayAsync(client, "file", "tone.wav")).ShouldBe("d6:result2:ok8:durationi500ee");
        foreach (string other in (string[])[prompts.File("above.wav"), $"{named}/../../above.wav", "../above.wav", "current.wav", "/tone.wav"])
        {
            (await PlayAsync(client, "file", other)).ShouldContain("Failed to start media playback from file");
        }
    }

    [Fact]
    public async Task What_is_no_WAV_file_is_refused_and_the_log_says_why()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, "0");
        await File.WriteAllTextAsync(daemon.Directory.File("list.txt"), "a list");

        (await PlayAsync(client, "file", "list.txt")).ShouldContain("Failed to start media playback from file");

        (await daemon.Log.WaitForAsync("can't play list.txt")).ShouldContain("is no WAV file");
    }

    [Fact]
    public async Task A_file_comes_in_the_message_and_is_ended_where_it_is()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, "0");

        string blob = Encoding.Latin1.GetString(WavBytes.Tone(16_000, 1, Hertz));
        (await PlayAsync(client, "blob", blob, ("repeat-times", "1000"))).ShouldBe("d6:result2:ok8:durationi1000ee");
        ShouldBeTheTone(await _alice.HearAsync(50), payloadType: 0);
        string stopped = await client.AskAsync("stop media", ("call-id", "call"), ("from-tag", "a"));

        stopped.ShouldStartWith("d6:result2:ok14:last-frame-posi");
        (await client.AskAsync("stop media", ("call-id", "call"), ("from-tag", "a"))).ShouldBe("d6:result2:oke");
    }

    [Theory]
    [InlineData("a=ptime:10", null, 10)]
    [InlineData("a=ptime:30", null, 30)]
    [InlineData("a=ptime:1", null, 10)]
    [InlineData("a=ptime:500", null, 100)]
    [InlineData("a=ptime:10", "30", 30)]
    public async Task Its_packets_are_as_long_as_the_listener_wants_them_and_as_others_are_that_it_is_sent(string said, string? ptime, int milliseconds)
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, $"0\r\n{said}", ptime is null ? [] : [("ptime", ptime), ("ptime-reverse", ptime)]);

        await PlayAsync(client, "blob", Encoding.Latin1.GetString(WavBytes.Tone(16_000, 0.5, Hertz)));

        ShouldBeTheTone(await _alice.HearAsync(3), payloadType: 0, milliseconds);
    }

    [Fact]
    public async Task A_party_that_is_silenced_is_heard_as_silence()
    {
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);
        await using DaemonProcess daemon = await StartAsync(port);
        using NgClient client = new(port, ProtocolType.Udp);
        await SetUpAsync(client, "0");

        (await client.AskAsync("silence media", ("call-id", "call"), ("from-tag", "a"), ("flags", "directional"))).ShouldBe("d6:result2:oke");
        _alice.Say();
        (await _bob.HearAsync())[12..].ShouldBe(Enumerable.Repeat((byte)0xff, 160));

        await client.AskAsync("unsilence media", ("call-id", "call"), ("from-tag", "a"), ("flags", "directional"));
        byte[] speech = [.. Enumerable.Range(0, 160).Select(i => (byte)i)];
        _alice.Say(speech);
        (await _bob.HearAsync())[12..].ShouldBe(speech);
    }

    private static void ShouldBeTheTone(IReadOnlyList<byte[]> packets, int payloadType, int milliseconds = 20)
    {
        packets.ShouldAllBe(packet => (packet[1] & 0x7f) == payloadType && packet.Length == 12 + (8 * milliseconds));
        short[] heard = [.. packets.SelectMany(packet => packet[12..]).Select(code => payloadType == 0 ? MuLaw.Decode(code) : ALaw.Decode(code))];
        short[] tone = [.. Enumerable.Range(0, heard.Length).Select(i => (short)(12_000 * Math.Sin(2 * Math.PI * Hertz * i / 8_000)))];
        AudioComparison comparison = AudioComparison.Of(tone, heard, maxShiftSamples: 0);
        comparison.Correlation.ShouldBeGreaterThan(0.99);
        comparison.LevelDecibels.ShouldBeInRange(-0.5, 0.5);
    }

    private static Task<DaemonProcess> StartAsync(int port, params string[] options) => DaemonProcess.StartAsync(new DaemonSettings
    {
        Transports = [Transport.Unix],
        Options = ["-l", "127.0.0.1", "--ng", $"udp:{port}", .. options],
    });

    private static Task<string> PlayAsync(NgClient client, string key, string value, params (string Key, string Value)[] more) =>
        client.AskAsync("play media", [("call-id", "call"), ("from-tag", "a"), (key, value), .. more]);

    private async Task SetUpAsync(NgClient client, string codecs, params (string Key, string Value)[] options)
    {
        string offer = await client.AskAsync("offer", [("call-id", "call"), ("from-tag", "a"), ("sdp", Sdp(_alice, codecs)), .. options]);
        string answer = await client.AskAsync("answer", ("call-id", "call"), ("from-tag", "a"), ("to-tag", "b"), ("sdp", Sdp(_bob, codecs)));
        _bob.Remote = new IPEndPoint(IPAddress.Loopback, NgClient.PortIn(offer));
        _alice.Remote = new IPEndPoint(IPAddress.Loopback, NgClient.PortIn(answer));
    }

    private static string Sdp(MediaPhone phone, string codecs) =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {phone.Local.Port} RTP/AVP {codecs}\r\n";
}
