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
    private float[] _interleaved = [];

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
    }

    /// <summary>Frames a second, as the file says; a hostile one may say anything above zero.</summary>
    public int SampleRateHz { get; }

    /// <summary>Reads samples of -1 to 1.</summary>
    /// <returns>Samples written; 0 at the end of the file.</returns>
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
    }

    public void Dispose() => _file.Dispose();
}
