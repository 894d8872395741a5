using RtpProxy.Codecs.Files;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Codecs.Tests;

public sealed class AudioFileTests : IDisposable
{
    private static readonly short[] Speech = SpeechSignal.Create(8_000);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rtpproxy-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(AudioContainer.Wav, SampleEncoding.Pcm16, 1.0)]
    [InlineData(AudioContainer.Aiff, SampleEncoding.Pcm24, 1.0)]
    [InlineData(AudioContainer.W64, SampleEncoding.Pcm32, 1.0)]
    [InlineData(AudioContainer.Flac, SampleEncoding.Pcm16, 1.0)]
    [InlineData(AudioContainer.Au, SampleEncoding.MuLaw, 0.99)]
    [InlineData(AudioContainer.Wav, SampleEncoding.Gsm610, 0.9)]
    [InlineData(AudioContainer.Wav, SampleEncoding.MsAdpcm, 0.95)]
    [InlineData(AudioContainer.Caf, SampleEncoding.ALaw, 0.99)]
    public void What_is_written_is_read_back(AudioContainer container, SampleEncoding encoding, double correlation)
    {
        using (AudioFileWriter writer = AudioFileWriter.Create(_path, container, encoding, 8_000, channels: 1))
        {
            foreach (short[] chunk in Speech.Chunk(999))
            {
                writer.Write(chunk);
            }

            writer.Close();
        }

        short[] read = Read(out int rate);
        rate.ShouldBe(8_000);
        AudioComparison.Of(Speech, read).Correlation.ShouldBeGreaterThanOrEqualTo(correlation - 1e-9);
    }

    [Fact]
    public void Channels_are_averaged()
    {
        using (AudioFileWriter writer = AudioFileWriter.Create(
            _path, AudioContainer.Wav, SampleEncoding.Pcm16, 44_100, channels: 2))
        {
            writer.Write([1_000, 3_000, -500, 500]);
            writer.Close();
        }

        Read(out int rate).ShouldBe([(short)2_000, (short)0]);
        rate.ShouldBe(44_100);
    }

    [Fact]
    public void Floating_point_samples_keep_the_scale_of_integers()
    {
        using (AudioFileWriter writer = AudioFileWriter.Create(
            _path, AudioContainer.Raw, SampleEncoding.SinglePrecision, 8_000, channels: 1))
        {
            writer.Write([1_000, -1]);
            writer.Close();
        }

        File.ReadAllBytes(_path).ShouldBe([.. BitConverter.GetBytes(1_000f), .. BitConverter.GetBytes(-1f)]);
    }

    [Fact]
    public void A_combination_that_does_not_exist_is_refused()
    {
        Should.Throw<AudioFileException>(() => AudioFileWriter.Create(
            _path, AudioContainer.Wav, SampleEncoding.Vorbis, 8_000, channels: 1));
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_refused()
    {
        Should.Throw<AudioFileException>(() => AudioFileWriter.Create(
            "/nonexistent/x.wav", AudioContainer.Wav, SampleEncoding.Pcm16, 8_000, channels: 1));
    }

    [Fact]
    public void A_full_disk_is_noticed_at_the_latest_when_the_file_is_closed()
    {
        Should.Throw<AudioFileException>(() =>
        {
            using AudioFileWriter writer = AudioFileWriter.Create(
                "/dev/full", AudioContainer.Raw, SampleEncoding.Pcm16, 8_000, channels: 1);
            for (int i = 0; i < 10; i++)
            {
                writer.Write(Speech);
            }

            writer.Close();
        });
    }

    [Fact]
    public void A_file_that_is_not_audio_is_refused()
    {
        File.WriteAllText(_path, "RIFF....WAVE and nothing that makes sense");

        Should.Throw<AudioFileException>(() => new AudioFileReader(_path)).Message.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8_191)]
    public void An_encoding_that_counts_a_byte_it_filled_up_is_no_fault(int samples)
    {
        using (AudioFileWriter writer = AudioFileWriter.Create(
            _path, AudioContainer.Raw, SampleEncoding.VoxAdpcm, 8_000, channels: 1))
        {
            writer.Write(new short[samples]);
            writer.Close();
        }

        new FileInfo(_path).Length.ShouldBe((samples + 1) / 2);
    }

    private short[] Read(out int rate)
    {
        using AudioFileReader reader = new(_path);
        rate = reader.SampleRateHz;
        float[] chunk = new float[500];
        List<short> samples = [];
        int count;
        while ((count = reader.Read(chunk)) > 0)
        {
            samples.AddRange(chunk.Take(count).Select(sample => (short)Math.Round(sample * 32_768)));
        }

        return [.. samples];
    }
}
