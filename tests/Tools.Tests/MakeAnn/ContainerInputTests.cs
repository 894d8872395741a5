using RtpProxy.Codecs.Files;
using RtpProxy.Codecs.G711;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Tools.Tests.MakeAnn;

/// <summary>What a file claims to be decides how it is read, and what is not what it claims is refused.</summary>
public sealed class ContainerInputTests : ToolTests
{
    private const int Rate = 16_000;

    private static readonly string[] Suffixes = [".0", ".3", ".8", ".9", ".18"];

    public static TheoryData<AudioContainer, SampleEncoding, string> Containers => new()
    {
        { AudioContainer.Flac, SampleEncoding.Pcm16, "FLAC" },
        { AudioContainer.Flac, SampleEncoding.Pcm24, "FLAC" },
        { AudioContainer.Ogg, SampleEncoding.Vorbis, "Ogg" },
        { AudioContainer.Ogg, SampleEncoding.Opus, "Ogg" },
        { AudioContainer.Mpeg, SampleEncoding.MpegLayer3, "MP3" },
        { AudioContainer.Aiff, SampleEncoding.Pcm16, "AIFF" },
        { AudioContainer.Aiff, SampleEncoding.ImaAdpcm, "AIFF" },
        { AudioContainer.Au, SampleEncoding.MuLaw, "AU" },
        { AudioContainer.Caf, SampleEncoding.Pcm24, "CAF" },
        { AudioContainer.W64, SampleEncoding.Pcm16, "W64" },
        { AudioContainer.Rf64, SampleEncoding.Pcm16, "RF64" },
        { AudioContainer.WavEx, SampleEncoding.Pcm32, "WAV" },
        { AudioContainer.Nist, SampleEncoding.Pcm16, "NIST Sphere" },
        { AudioContainer.Voc, SampleEncoding.Pcm16, "VOC" },
        { AudioContainer.Paf, SampleEncoding.Pcm16, "PAF" },
        { AudioContainer.Ircam, SampleEncoding.Pcm16, "IRCAM" },
        { AudioContainer.Pvf, SampleEncoding.Pcm16, "PVF" },
        { AudioContainer.Avr, SampleEncoding.Pcm16, "AVR" },
        { AudioContainer.Svx, SampleEncoding.Pcm16, "IFF" },
        { AudioContainer.Mat5, SampleEncoding.Pcm16, "MATLAB" },
    };

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_container_is_read_whatever_its_name(AudioContainer container, SampleEncoding encoding, string kind)
    {
        WriteFile("prompt.bin", container, encoding, channels: 1);

        ToolResult result = Tool.MakeAnn.Run(Work, "prompt.bin", "out");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.OutputLines[0].ShouldStartWith($"input: {kind}, ");
        ShouldBeTheTone("out.0");
    }

    [Theory]
    [InlineData(AudioContainer.Flac, SampleEncoding.Pcm16)]
    [InlineData(AudioContainer.Ogg, SampleEncoding.Vorbis)]
    [InlineData(AudioContainer.Caf, SampleEncoding.SinglePrecision)]
    public void Two_channels_are_mixed(AudioContainer container, SampleEncoding encoding)
    {
        WriteFile("prompt.bin", container, encoding, channels: 2);

        Tool.MakeAnn.Run(Work, "prompt.bin", "out").ExitCode.ShouldBe(0);

        if (encoding != SampleEncoding.SinglePrecision)
        {
            ShouldBeTheTone("out.0");
        }
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_container_whose_content_is_damaged_is_refused(AudioContainer container, SampleEncoding encoding, string kind)
    {
        WriteFile("whole.bin", container, encoding, channels: 1);
        byte[] damaged = Read("whole.bin");
        int kept = container is AudioContainer.Voc or AudioContainer.Mat5 ? 20 : 12; // their magic is longer
        new Random(3).NextBytes(damaged.AsSpan(kept));
        Write("broken.bin", damaged);

        ToolResult result = Tool.MakeAnn.Run(Work, "broken.bin", "out");

        // A VOC file of damaged blocks, and IRCAM, MATLAB of any numbers, cannot be told from honest ones.
        if (container is not (AudioContainer.Mpeg or AudioContainer.Ircam or AudioContainer.Voc or AudioContainer.Mat5))
        {
            result.ExitCode.ShouldBe(1, kind + result.Output);
            result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("makeann: can't ");
            Suffixes.ShouldAllBe(suffix => !Exists($"out{suffix}"));
        }
    }

    [Theory]
    [InlineData("RIFF")]
    [InlineData("RIFF\u0010\0\0\0WAVE")]
    [InlineData("RIFF\u0010\0\0\0AVI LIST")]
    [InlineData("RIFF\u0010\0\0\0XXXXfmt ")]
    [InlineData("RIFX\0\0\0\u0010WAVE")]
    [InlineData("RF64\u00ff\u00ff\u00ff\u00ffWAVE")]
    [InlineData("FORM\0\0\0\u0010AIFF")]
    [InlineData("fLaC")]
    [InlineData("OggS\0\u0002")]
    [InlineData("ID3\u0004\0\0\0\0\0\u000a")]
    [InlineData(".snd")]
    [InlineData("caff\0\u0001")]
    [InlineData("\0\0\0\u0018ftypM4A ")]
    [InlineData("#!AMR\n")]
    [InlineData("wvpk")]
    [InlineData("<!DOCTYPE html><html>404")]
    [InlineData("PK\u0003\u0004")]
    public void What_begins_as_a_container_and_is_none_is_refused(string start)
    {
        Write("prompt", [.. start.Select(letter => (byte)letter)], Bytes(SpeechSignal.Create(4_000)));

        ToolResult result = Tool.MakeAnn.Run(Work, "prompt", "out");

        result.ExitCode.ShouldBe(1, result.Output);
        result.Output.ShouldBeEmpty();
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("makeann: can't ");
        Suffixes.ShouldAllBe(suffix => !Exists($"out{suffix}"));
    }

    [Theory]
    [InlineData("prompt.wav")]
    [InlineData("prompt.WAV")]
    [InlineData("prompt.flac")]
    [InlineData("prompt.mp3")]
    [InlineData("prompt.ogg")]
    [InlineData("prompt.opus")]
    [InlineData("prompt.aiff")]
    [InlineData("prompt.au")]
    [InlineData("prompt.m4a")]
    [InlineData("prompt.gsm")]
    [InlineData("prompt.vox")]
    [InlineData("prompt.sln16")]
    public void What_is_named_as_something_else_and_holds_raw_audio_is_refused(string name)
    {
        Write(name, Bytes(SpeechSignal.Create(4_000)));

        ToolResult result = Tool.MakeAnn.Run(Work, name, "out");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith($"makeann: can't open {name} for reading: its name says ");
        Suffixes.ShouldAllBe(suffix => !Exists($"out{suffix}"));
    }

    [Theory]
    [InlineData("prompt")]
    [InlineData("prompt.raw")]
    [InlineData("prompt.sln")]
    [InlineData("prompt.pcm")]
    [InlineData("prompt.0")]
    public void Raw_audio_is_what_a_file_is_that_claims_nothing(string name)
    {
        // Random samples: many of them look like the first word of an MPEG frame.
        byte[] noise = new byte[40_000];
        for (int seed = 0; seed < 20; seed++)
        {
            new Random(seed).NextBytes(noise);
            (noise[0], noise[1]) = (0xff, (byte)(0xe0 + seed));
            Write(name, noise);

            ToolResult result = Tool.MakeAnn.Run(Work, "-l", "500", name, "out");

            result.ExitCode.ShouldBe(0, result.Errors);
            Read("out.8").ShouldBe([.. Samples(noise).Take(500).Select(ALaw.Encode)]);
        }
    }

    [Theory]
    [InlineData(AudioContainer.Flac, SampleEncoding.Pcm16)]
    [InlineData(AudioContainer.Mpeg, SampleEncoding.MpegLayer3)]
    public void A_container_comes_through_a_pipe_too(AudioContainer container, SampleEncoding encoding)
    {
        WriteFile("prompt.bin", container, encoding, channels: 1);

        ToolResult result = Tool.Shell(Work, $"cat prompt.bin | {Tool.MakeAnn.ExecutablePath} /dev/stdin out");

        result.ExitCode.ShouldBe(0, result.Errors);
        ShouldBeTheTone("out.0");
    }

    [Fact]
    public void A_FLAC_file_that_breaks_off_is_refused_and_leaves_nothing()
    {
        WriteFile("whole.flac", AudioContainer.Flac, SampleEncoding.Pcm16, channels: 1, seconds: 20);
        byte[] whole = Read("whole.flac");
        foreach (int length in (int[])[whole.Length / 4, whole.Length / 2, whole.Length - 100])
        {
            Write("cut.flac", whole[..length]);

            ToolResult result = Tool.MakeAnn.Run(Work, "cut.flac", "out");

            result.ExitCode.ShouldBe(1);
            result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("makeann: can't read from cut.flac: ");
            Suffixes.ShouldAllBe(suffix => !Exists($"out{suffix}"));
        }
    }

    [Fact]
    public void Any_bytes_behind_a_magic_number_end_with_a_sentence()
    {
        string[] magics = ["RIFF\0\u0010\0\0WAVE", "FORM\0\0\u0010\0AIFF", "fLaC", "OggS", "caff", ".snd", "ID3\x03\0\0\0\0\u0010\0"];
        Random random = new(5);
        foreach (string magic in magics)
        {
            for (int i = 0; i < 6; i++)
            {
                byte[] noise = new byte[random.Next(2_000)];
                random.NextBytes(noise);
                Write("in", [.. magic.Select(letter => (byte)letter)], noise);

                ToolResult result = Tool.MakeAnn.Run(Work, "in", "out");

                result.ExitCode.ShouldBeInRange(0, 1, $"{magic}: {result.Errors}");
                result.ErrorLines.Length.ShouldBe(result.ExitCode, result.Errors);
            }
        }
    }

    [Fact]
    public void A_long_file_takes_bounded_memory()
    {
        WriteFile("long.ogg", AudioContainer.Ogg, SampleEncoding.Opus, channels: 2, seconds: 600);

        ToolResult result = Tool.MakeAnn.RunMeasured(Work, ["long.ogg", "out"], out long peakBytes);

        result.ExitCode.ShouldBe(0, result.Errors);
        Read("out.8").Length.ShouldBeInRange(599 * 8_000, 601 * 8_000);
        peakBytes.ShouldBeLessThan(100_000_000);
    }

    private void ShouldBeTheTone(string name)
    {
        short[] made = [.. Read(name).Select(MuLaw.Decode)];
        made.Length.ShouldBeInRange(15_500, 17_000);
        AudioComparison.Of(Tone(8_000, 2), made, maxShiftSamples: 1_200).Correlation.ShouldBeGreaterThan(0.98);
    }

    private static short[] Tone(int rate, int seconds) =>
    [
        .. Enumerable.Range(0, rate * seconds).Select(i =>
            (short)(9_000 * Math.Sin(2 * Math.PI * 440 * i / rate) * (1 + (0.5 * Math.Sin(2 * Math.PI * 2.3 * i / rate))))),
    ];

    private void WriteFile(string name, AudioContainer container, SampleEncoding encoding, int channels, int seconds = 2)
    {
        using AudioFileWriter writer = AudioFileWriter.Create(PathOf(name), container, encoding, Rate, channels);
        foreach (short[] chunk in Tone(Rate, seconds).Chunk(8_000))
        {
            writer.Write([.. chunk.SelectMany(sample => Enumerable.Repeat(sample, channels))]);
        }

        writer.Close();
    }
}
