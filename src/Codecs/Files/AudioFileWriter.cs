using System.Runtime.InteropServices;
using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs.Files;

/// <summary>Writes samples of 16 bits into a new file of any kind that libsndfile knows.</summary>
/// <remarks>For one thread. <see cref="Close"/> tells whether all is on the disk; disposing does not.</remarks>
public sealed class AudioFileWriter : IDisposable
{
    private readonly SndFileHandle _file;

    private AudioFileWriter(SndFileHandle file)
    {
        _file = file;
    }

    /// <summary>Creates or truncates the file.</summary>
    /// <param name="path">Where; a file that cannot be written in this format may be left behind empty.</param>
    /// <param name="container">File format.</param>
    /// <param name="encoding">Sample encoding; not every container has every one.</param>
    /// <param name="sampleRateHz">Frames a second.</param>
    /// <param name="channels">1 for mono; samples are interleaved.</param>
    /// <exception cref="AudioFileException">The combination or the path is refused.</exception>
    /// <exception cref="CodecLibraryMissingException">libsndfile is not installed.</exception>
    public static AudioFileWriter Create(
        string path,
        AudioContainer container,
        SampleEncoding encoding,
        int sampleRateHz,
        int channels)
    {
        CodecLibrary.SndFile.Require();
        SF_INFO info = new()
        {
            samplerate = sampleRateHz,
            channels = channels,
            format = (int)container | (int)encoding,
        };
        if (LibSndFile.sf_format_check(info) == LibSndFile.SF_FALSE)
        {
            throw new AudioFileException("the container does not have this encoding");
        }

        SndFileHandle file = LibSndFile.sf_open(path, LibSndFile.SFM_WRITE, ref info);
        if (file.IsInvalid)
        {
            file.Dispose();
            throw new AudioFileException(Marshal.PtrToStringUTF8(LibSndFile.sf_strerror_of_open(0)) ?? "unknown error");
        }

        return new AudioFileWriter(file);
    }

    /// <param name="samples">
    /// Whole frames: a multiple of the channels. Encodings with floating point keep them as they are, -32,768 to 32,767,
    /// like the original's files.
    /// </param>
    /// <exception cref="AudioFileException">The disk is full, or fails.</exception>
    public void Write(ReadOnlySpan<short> samples)
    {
        // VOX ADPCM packs two samples into a byte and counts the one that it filled up: more than asked for is no fault.
        if (!samples.IsEmpty && LibSndFile.sf_write_short(_file, in samples[0], samples.Length) < samples.Length)
        {
            throw new AudioFileException(Marshal.PtrToStringUTF8(LibSndFile.sf_strerror(_file)) ?? "unknown error");
        }
    }

    /// <summary>Writes what is buffered, completes the header and closes the file.</summary>
    /// <exception cref="AudioFileException">That failed.</exception>
    public void Close()
    {
        _file.Dispose();
        if (_file.CloseResult != 0)
        {
            throw new AudioFileException("the file could not be completed");
        }
    }

    public void Dispose() => _file.Dispose();
}
