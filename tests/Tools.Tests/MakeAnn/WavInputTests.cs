using RtpProxy.Codecs.Files;
using RtpProxy.Codecs.G711;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Tools.Tests.MakeAnn;

public sealed class WavInputTests : ToolTests
{
    [Fact]
    public void A_WAV_file_of_8_kHz_gives_the_same_prompts_as_its_samples()
    {
        short[] speech = SpeechSignal.Create(4_000);
        Write("raw.sln", Bytes(speech));
        WriteWav("in.wav", SampleEncoding.Pcm16, 8_000, 1, speech);

        Tool.MakeAnn.Run(Work, "raw.sln", "raw").ExitCode.ShouldBe(0);
        ToolResult result = Tool.MakeAnn.Run(Work, "in.wav", "wav");

        result.ExitCode.ShouldBe(0);
        result.OutputLines[0].ShouldBe("input: WAV, 8000 Hz, 0.500 seconds");
        foreach (string suffix in (string[])[".0", ".3", ".8", ".9", ".18"])
        {
            Read($"wav{suffix}").SequenceEqual(Read($"raw{suffix}")).ShouldBeTrue(suffix);
        }
    }

    [Theory]
    [InlineData(44_100, 2, SampleEncoding.Pcm16)]
    [InlineData(48_000, 1, SampleEncoding.Pcm24)]
    [InlineData(16_000, 1, SampleEncoding.ALaw)]
    [InlineData(11_025, 2, SampleEncoding.Pcm32)]
    [InlineData(6_000, 1, SampleEncoding.Pcm16)]
    [InlineData(192_000, 3, SampleEncoding.Pcm16)]
    [InlineData(44_099, 1, SampleEncoding.MsAdpcm)]
    public void Any_rate_and_any_number_of_channels_is_brought_to_8_kHz(int rate, int channels, SampleEncoding encoding)
    {
        const int Seconds = 2;
        // 700 Hz stays what it is at every rate of the list.
        short[] wanted = Tone(700, 8_000, Seconds);
        WriteWav("in.wav", encoding, rate, channels, Tone(700, rate, Seconds));

        ToolResult result = Tool.MakeAnn.Run(Work, "in.wav", "out");

        result.ExitCode.ShouldBe(0, result.Errors);
        // ADPCM is kept in whole blocks, so that such a file is a little longer.
        result.OutputLines[0].ShouldStartWith($"input: WAV, {rate} Hz, resampled to 8000 Hz, 2.0");
        short[] made = [.. Read("out.0").Select(MuLaw.Decode)];
        made.Length.ShouldBeInRange(Seconds * 8_000, (Seconds * 8_000) + 1_000);
        AudioComparison comparison = AudioComparison.Of(wanted, made.AsSpan(0, wanted.Length), maxShiftSamples: 0);
        comparison.Correlation.ShouldBeGreaterThan(0.995);
        comparison.LevelDecibels.ShouldBeInRange(-0.3, 0.3);
    }

    [Theory]
    [InlineData(4_600)]
    [InlineData(7_500)]
    [InlineData(8_100)]
    public void What_8_kHz_cannot_carry_is_removed(int hertz)
    {
        WriteWav("in.wav", SampleEncoding.Pcm16, 48_000, 1, Tone(hertz, 48_000, 1));

        Tool.MakeAnn.Run(Work, "in.wav", "out").ExitCode.ShouldBe(0);

        // The ends of the tone are steps, and those have all frequencies.
        Read("out.0").Select(MuLaw.Decode).Skip(400).SkipLast(400).ShouldAllBe(sample => Math.Abs((int)sample) < 32);
    }

    [Fact]
    public void A_loop_begins_a_WAV_file_again()
    {
        WriteWav("in.wav", SampleEncoding.Pcm16, 16_000, 1, SpeechSignal.Create(3_200, sampleRateHz: 16_000));

        Tool.MakeAnn.Run(Work, "-L", "-l", "4800", "in.wav", "out").ExitCode.ShouldBe(0);

        byte[] made = Read("out.8");
        made.Length.ShouldBe(4_800);
        made[1_600..3_200].ShouldBe(made[..1_600]);
    }

    [Fact]
    public void A_broken_WAV_file_is_an_error()
    {
        Write("in.wav", "RIFF\x10\0\0\0WAVEnonsense"u8.ToArray());

        ToolResult result = Tool.MakeAnn.Run(Work, "in.wav", "out");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("makeann: can't open in.wav for reading: ");
        Exists("out.0").ShouldBeFalse();
    }

    [Fact]
    public void Every_cut_of_a_WAV_file_is_survived()
    {
        WriteWav("whole.wav", SampleEncoding.Pcm16, 16_000, 1, SpeechSignal.Create(200, sampleRateHz: 16_000));
        byte[] whole = Read("whole.wav");
        for (int length = 0; length < whole.Length; length += 9)
        {
            Write("in.wav", whole[..length]);
            Tool.MakeAnn.Run(Work, "in.wav", "out").ExitCode.ShouldBeInRange(0, 1, $"{length} bytes");
        }
    }

    [Fact]
    public void Without_libsndfile_a_WAV_file_is_refused_with_the_name_of_the_package()
    {
        WriteWav("in.wav", SampleEncoding.Pcm16, 16_000, 1, SpeechSignal.Create(200));

        ToolResult result = Tool.MakeAnn.RunWithoutLibrary("libsndfile.so.1", Work, "in.wav", "out");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldEndWith("install the package libsndfile1");
    }

    [Fact]
    public void Without_libsoxr_8_kHz_is_read_and_other_rates_are_refused_with_the_name_of_the_package()
    {
        WriteWav("8.wav", SampleEncoding.Pcm16, 8_000, 1, SpeechSignal.Create(200));
        WriteWav("16.wav", SampleEncoding.Pcm16, 16_000, 1, SpeechSignal.Create(200));

        Tool.MakeAnn.RunWithoutLibrary("libsoxr.so.0", Work, "8.wav", "eight").ExitCode.ShouldBe(0);
        ToolResult result = Tool.MakeAnn.RunWithoutLibrary("libsoxr.so.0", Work, "16.wav", "sixteen");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldEndWith("install the package libsoxr0");
        Exists("sixteen.0").ShouldBeFalse();
    }

    private static short[] Tone(int hertz, int rate, int seconds) =>
        [.. Enumerable.Range(0, rate * seconds).Select(i => (short)(10_000 * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    private void WriteWav(string name, SampleEncoding encoding, int rate, int channels, short[] mono)
    {
        using AudioFileWriter writer = AudioFileWriter.Create(PathOf(name), AudioContainer.Wav, encoding, rate, channels);
        writer.Write([.. mono.SelectMany(sample => Enumerable.Repeat(sample, channels))]);
        writer.Close();
    }
}
