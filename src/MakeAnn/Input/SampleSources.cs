using RtpProxy.Codecs;
using RtpProxy.Codecs.Files;

namespace RtpProxy.MakeAnn.Input;

/// <summary>Finds out what kind of file the input is.</summary>
internal static class SampleSources
{
    private const int SignatureLength = 12;

    /// <exception cref="IOException">The file cannot be opened, or is a broken WAV file (<see cref="AudioFileException"/>).</exception>
    /// <exception cref="CodecLibraryMissingException">It is a WAV file and libsndfile is not installed.</exception>
    public static ISampleSource Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 65_536);
        if (stream.CanSeek)
        {
            Span<byte> signature = stackalloc byte[SignatureLength];
            int read = stream.ReadAtLeast(signature, SignatureLength, throwOnEndOfStream: false);
            if (WavSampleSource.IsWav(signature[..read]))
            {
                stream.Dispose();
                return new WavSampleSource(path);
            }

            stream.Position = 0;
        }

        return new RawSampleSource(stream);
    }
}
