using System.Globalization;
using RtpProxy.Codecs;
using RtpProxy.Codecs.Files;

namespace RtpProxy.MakeAnn.Input;

/// <summary>An audio file of any kind that libsndfile reads, of any rate and number of channels, brought to 8 kHz mono.</summary>
internal sealed class AudioFileSource : ISampleSource
{
    private const int MinRateHz = 1_000;
    private const int MaxRateHz = 768_000;
    private const int OutputRateHz = 8_000;
    private const int ChunkSamples = 4_096;
    private const float FullScale = 32_768;

    private readonly AudioFileReader _reader;
    private readonly string _kind;
    private readonly float[] _chunk = new float[ChunkSamples];
    private Resampler? _resampler;

    /// <param name="path">Name of the file; some kinds are known by their ending only.</param>
    /// <param name="claim">What the file claims to be.</param>
    /// <exception cref="AudioFileException">It is not that, or cannot be read.</exception>
    /// <exception cref="CodecLibraryMissingException">libsndfile or libsoxr is not installed.</exception>
    public AudioFileSource(string path, FileClaim claim)
    {
        _reader = OpenReader(path, claim);
        try
        {
            int rate = _reader.SampleRateHz;
            if (rate is < MinRateHz or > MaxRateHz)
            {
                throw new AudioFileException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"sample rate of {rate} Hz is not supported, expected {MinRateHz} to {MaxRateHz}"));
            }

            _kind = KindOf(_reader.Container);
            _resampler = CreateResampler();
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{_kind}, {_reader.SampleRateHz} Hz{(_resampler is null ? "" : ", resampled to 8000 Hz")}");

    public double Progress => _reader.Progress;

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
                samples[done + i] = float.IsNaN(sample)
                    ? (short)0
                    : (short)Math.Clamp(sample, short.MinValue, short.MaxValue);
            }

            done += read;
        }

        return done;
    }

    public void Rewind()
    {
        _reader.Rewind();
        _resampler?.Dispose();
        _resampler = CreateResampler();
    }

    public void Dispose()
    {
        _resampler?.Dispose();
        _reader.Dispose();
    }

    private static AudioFileReader OpenReader(string path, FileClaim claim)
    {
        AudioFileReader reader;
        try
        {
            reader = new AudioFileReader(path);
        }
        catch (AudioFileException refused)
        {
            throw new AudioFileException(claim.Refusal(refused.Message));
        }

        if (reader.Container == AudioContainer.Raw)
        {
            reader.Dispose(); // by the name alone; the content could be anything
            throw new AudioFileException(claim.Refusal("the format is not recognised"));
        }

        return reader;
    }

    private static string KindOf(AudioContainer container) => container switch
    {
        AudioContainer.Wav or AudioContainer.WavEx => "WAV",
        AudioContainer.Rf64 => "RF64",
        AudioContainer.Mpeg => "MP3",
        AudioContainer.Svx => "IFF",
        AudioContainer.Ogg => "Ogg",
        AudioContainer.Nist => "NIST Sphere",
        AudioContainer.Mat4 or AudioContainer.Mat5 => "MATLAB",
        AudioContainer.Xi => "Extended Instrument",
        AudioContainer.Sd2 => "Sound Designer",
        _ => container.ToString().ToUpperInvariant(),
    };

    private Resampler? CreateResampler() =>
        _reader.SampleRateHz == OutputRateHz ? null : new Resampler(_reader.Read, _reader.SampleRateHz, OutputRateHz);
}
