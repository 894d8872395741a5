using System.Globalization;
using RtpProxy.Codecs.Files;

namespace RtpProxy.MakeAnn.Input;

/// <summary>A WAV file of any rate, encoding and number of channels, brought to 8 kHz mono.</summary>
internal sealed class WavSampleSource : ISampleSource
{
    private const int MinRateHz = 1_000;
    private const int MaxRateHz = 768_000;
    private const int ChunkSamples = 4_096;
    private const float FullScale = 32_768;

    private readonly AudioFileReader _reader;
    private readonly float[] _chunk = new float[ChunkSamples];
    private Resampler? _resampler;

    /// <exception cref="AudioFileException">The file is no WAV file that can be read.</exception>
    /// <exception cref="Codecs.CodecLibraryMissingException">libsndfile is not installed.</exception>
    public WavSampleSource(string path)
    {
        _reader = new AudioFileReader(path);
        if (_reader.SampleRateHz is < MinRateHz or > MaxRateHz)
        {
            int rate = _reader.SampleRateHz;
            _reader.Dispose();
            throw new AudioFileException(string.Create(
                CultureInfo.InvariantCulture,
                $"sample rate of {rate} Hz is not supported, expected {MinRateHz} to {MaxRateHz}"));
        }

        CreateResampler();
    }

    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"WAV, {_reader.SampleRateHz} Hz{(_resampler is null ? "" : ", resampled to 8000 Hz")}");

    /// <summary>Whether a file begins as WAV files do: RIFF, or its forms for other byte order and size.</summary>
    public static bool IsWav(ReadOnlySpan<byte> firstTwelveBytes) =>
        firstTwelveBytes.Length >= 12
        && (firstTwelveBytes.StartsWith("RIFF"u8)
            || firstTwelveBytes.StartsWith("RIFX"u8)
            || firstTwelveBytes.StartsWith("RF64"u8))
        && firstTwelveBytes[8..12].SequenceEqual("WAVE"u8);

    public int Read(Span<short> samples)
    {
        int done = 0;
        while (done < samples.Length)
        {
            int count = Math.Min(samples.Length - done, ChunkSamples);
            int read = _resampler?.Read(_chunk.AsSpan(0, count)) ?? _reader.Read(_chunk.AsSpan(0, count));
            if (read == 0)
            {
                break;
            }

            for (int i = 0; i < read; i++)
            {
                float sample = MathF.Round(_chunk[i] * FullScale);
                samples[done + i] = (short)Math.Clamp(sample, short.MinValue, short.MaxValue);
            }

            done += read;
        }

        return done;
    }

    public void Rewind()
    {
        _reader.Rewind();
        CreateResampler();
    }

    public void Dispose() => _reader.Dispose();

    private void CreateResampler() =>
        _resampler = _reader.SampleRateHz == Resampler.OutputRateHz
            ? null
            : new Resampler(_reader.Read, _reader.SampleRateHz);
}
