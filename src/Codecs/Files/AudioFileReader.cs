using System.Globalization;
using System.Runtime.InteropServices;
using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs.Files;

/// <summary>Reads an audio file of any kind that libsndfile knows, as mono: the channels are averaged.</summary>
/// <remarks>For one thread.</remarks>
public sealed class AudioFileReader : IDisposable
{
    private const int ChunkSamples = 8_192;

    private readonly SndFileHandle _file;
    private readonly int _channels;
    private readonly long _frames;
    private readonly bool _countsFrames;
    private float[] _interleaved = [];
    private long _framesRead;

    /// <param name="path">An existing file.</param>
    /// <exception cref="AudioFileException">It is not an audio file, or cannot be read.</exception>
    /// <exception cref="CodecLibraryMissingException">libsndfile is not installed.</exception>
    public AudioFileReader(string path)
    {
        CodecLibrary.SndFile.Require();
        SF_INFO info = default;
        _file = LibSndFile.sf_open(path, LibSndFile.SFM_READ, ref info);
        if (_file.IsInvalid)
        {
            _file.Dispose();
            throw new AudioFileException(
                Marshal.PtrToStringUTF8(LibSndFile.sf_strerror_of_open(0))?.TrimEnd('.', '\n') ?? "unknown error");
        }

        SampleRateHz = info.samplerate;
        _channels = info.channels;
        _frames = info.frames;
        Container = (AudioContainer)(info.format & LibSndFile.SF_FORMAT_TYPEMASK);
        _countsFrames = Container is AudioContainer.Flac; // others say how much there is, or guess it
    }

    /// <summary>What libsndfile takes the file for; <see cref="AudioContainer.Raw"/> when it went by the name alone.</summary>
    public AudioContainer Container { get; }

    /// <summary>How much of the file has been read, 0 to 1, as far as its length is known.</summary>
    public double Progress => _frames > 0 ? Math.Min((double)_framesRead / _frames, 1) : 0;

    /// <summary>Frames a second, as the file says; a hostile one may say anything above zero.</summary>
    public int SampleRateHz { get; }

    /// <summary>Reads samples of -1 to 1.</summary>
    /// <returns>Samples written; 0 at the end of the file.</returns>
    /// <exception cref="AudioFileException">The file is damaged here, or ends before it should.</exception>
    public int Read(Span<float> mono)
    {
        int frames = Math.Min(mono.Length, Math.Max(ChunkSamples / _channels, 1));
        if (frames == 0)
        {
            return 0;
        }

        if (_interleaved.Length < frames * _channels)
        {
            _interleaved = new float[frames * _channels];
        }

        int read = (int)Math.Max(LibSndFile.sf_readf_float(_file, ref _interleaved[0], frames), 0);
        _framesRead += read;
        if (read < frames)
        {
            ThrowIfBroken();
        }

        for (int frame = 0; frame < read; frame++)
        {
            float sum = 0;
            foreach (float sample in _interleaved.AsSpan(frame * _channels, _channels))
            {
                sum += sample;
            }

            mono[frame] = sum / _channels;
        }

        return read;
    }

    /// <summary>Goes back to the first sample.</summary>
    /// <exception cref="AudioFileException">The encoding cannot be read twice.</exception>
    public void Rewind()
    {
        const int SeekSet = 0;
        if (LibSndFile.sf_seek(_file, 0, SeekSet) != 0)
        {
            throw new AudioFileException(Marshal.PtrToStringUTF8(LibSndFile.sf_strerror(_file)) ?? "unknown error");
        }

        _framesRead = 0;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Tells a file that ends from one that breaks off.</summary>
    private void ThrowIfBroken()
    {
        if (LibSndFile.sf_error(_file) != 0)
        {
            throw new AudioFileException(
                Marshal.PtrToStringUTF8(LibSndFile.sf_strerror(_file))?.TrimEnd('.', '\n') ?? "unknown error");
        }

        if (_countsFrames && _framesRead < _frames)
        {
            throw new AudioFileException(string.Create(
                CultureInfo.InvariantCulture,
                $"the file is damaged or breaks off, it has {_framesRead} of {_frames} samples"));
        }
    }
}
