using System.Globalization;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Audio;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>
/// Speech becomes a prompt (makeann), is played into a call, recorded, and becomes audio again (extractaudio): with the
/// executables, over real sockets and in real time.
/// </summary>
public sealed class PromptRoundTripTests : IDisposable
{
    private const int Samples = 16_000; // two seconds; whole packets of every codec
    private const int PacketMilliseconds = 20;

    private static readonly short[] Speech = SpeechSignal.Create(Samples);
    private static readonly string MakeAnn = Executables.Find("makeann", "RtpProxy.MakeAnn");
    private static readonly string ExtractAudio = Executables.Find("extractaudio", "RtpProxy.ExtractAudio");

    /// <summary>Payload type, least correlation, largest difference of level in dB.</summary>
    private static readonly (int PayloadType, double Correlation, double Decibels)[] Codecs =
    [
        (0, 0.999, 0.1),
        (8, 0.999, 0.1),
        (3, 0.90, 1.5),
        (9, 0.99, 0.5),
        (18, 0.80, 2.0),
    ];

    private readonly WorkingDirectory _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task A_prompt_of_any_codec_sounds_the_same_after_a_recorded_call(int workers, bool pcap)
    {
        await MakePromptsAsync();
        await using DaemonProcess daemon = await StartAsync(workers, pcap);
        await Task.WhenAll(Codecs.Select(codec => PlayRecordExtractAsync(daemon, codec.PayloadType, codec.Correlation, codec.Decibels)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_prompt_is_recorded_by_the_session_that_its_call_is_forked_into(int workers)
    {
        await MakePromptsAsync();
        await using DaemonProcess daemon = await StartAsync(workers, pcap: false);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("U copy 127.0.0.1 9 r1 r2 && C call alice bob && L 127.0.0.1 11")).ShouldNotContain("-1");
        (await control.AskAsync("R copy r2 r1")).ShouldBe("0");

        (await control.AskAsync($"P call {_work.File("prompt")} 0 alice bob")).ShouldBe("0");
        await call.Caller.HearAsync(Samples / 80); // packets of 10 ms
        await Eventually.TrueAsync(
            async () => await control.AskAsync("G npkts_played") == $"{Samples / 80}", "the whole prompt is played");
        (await control.AskAsync("D call alice bob")).ShouldBe("0");
        (await control.AskAsync("D copy r1 r2")).ShouldBe("0");

        await ExtractAsync("copy=r1.a.rtp", 0.999, 0.1);
    }

    /// <summary>Whoever is played the prompt says in another call, which is recorded, exactly what is heard.</summary>
    private async Task PlayRecordExtractAsync(DaemonProcess daemon, int payloadType, double correlation, double decibels)
    {
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall heard = await MediaCall.SetUpAsync(
            control, $"heard-{payloadType}", offer: $"c{payloadType}", answer: $"z{PacketMilliseconds}");
        using MediaCall said = await MediaCall.SetUpAsync(control, $"said-{payloadType}");
        (await control.AskAsync($"R {said.Id} alice bob")).ShouldBe("0");

        (await control.AskAsync($"P {heard.Id} {_work.File("prompt")} session alice bob")).ShouldBe("0");
        for (int i = 0; i < Samples / 8 / PacketMilliseconds; i++)
        {
            said.Caller.SendRtp(await heard.Caller.HearAsync());
            await said.Callee.HearAsync();
        }

        (await control.AskAsync($"D {said.Id} alice bob")).ShouldBe("0");
        await ExtractAsync($"{said.Id}=alice.o.rtp", correlation, decibels);
    }

    private async Task MakePromptsAsync()
    {
        File.WriteAllBytes(_work.File("speech.sln"), [.. Speech.SelectMany(BitConverter.GetBytes)]);
        ProgramResult made = await ProgramRun.InAsync(_work, MakeAnn, "speech.sln", "prompt");
        made.Status.ShouldBe(0, made.Error);
        Directory.CreateDirectory(_work.File("recordings"));
    }

    private Task<DaemonProcess> StartAsync(int workers, bool pcap) => DaemonProcess.StartAsync(new DaemonSettings
    {
        LogLevel = "info",
        Options =
        [
            "-l", "127.0.0.1", "-r", _work.File("recordings"), "--workers", workers.ToString(CultureInfo.InvariantCulture),
            .. pcap ? ["-P"] : Array.Empty<string>(),
        ],
    });

    /// <summary>Without regard to arrival times, which a busy machine spoils; where gaps go is tested with the tool itself.</summary>
    private async Task ExtractAsync(string recording, double correlation, double decibels)
    {
        string file = _work.File($"recordings/{recording}");
        string output = _work.File($"{recording}.raw");
        ProgramResult extracted = new(-1, "", "");
        await Eventually.TrueAsync(
            async () =>
            {
                // The writer puts the last packets on the disk after the reply to D.
                extracted = await ProgramRun.InAsync(
                    _work, ExtractAudio, "-n", "-s", "-F", "raw", "-D", "pcm_16", "-A", file, output);
                return extracted.Status == 0 && new FileInfo(output).Length == Samples * 4;
            },
            $"{recording} is complete");
        short[] samples = [.. File.ReadAllBytes(output).Chunk(4).Select(frame => BitConverter.ToInt16(frame))];
        AudioComparison comparison = AudioComparison.Of(Speech, samples);
        comparison.Correlation.ShouldBeGreaterThan(correlation, recording);
        Math.Abs(comparison.LevelDecibels).ShouldBeLessThan(decibels, recording);
        extracted.Output.ShouldContain("plost=0", customMessage: recording);
    }
}
