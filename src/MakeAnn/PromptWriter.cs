using RtpProxy.Codecs;
using RtpProxy.Media.Prompts;
using RtpProxy.Tools.Output;

namespace RtpProxy.MakeAnn;

/// <summary>Writes one prompt file, block by block.</summary>
internal sealed class PromptWriter : IDisposable
{
    public const int BlockSamples = 160;

    private const UnixFileMode Permissions = (UnixFileMode)0x1b6; // rw-rw-rw-

    private readonly PromptEncoding _encoding;
    private readonly IAudioEncoder _encoder;
    private readonly FileStream _file;
    private readonly short[] _padded = new short[BlockSamples];
    private readonly byte[] _frames = new byte[BlockSamples];

    private PromptWriter(string path, PromptEncoding encoding, IAudioEncoder encoder, FileStream file)
    {
        Path = path;
        _encoding = encoding;
        _encoder = encoder;
        _file = file;
    }

    public string Path { get; }

    public string CodecName => _encoding.Name;

    public long BytesWritten { get; private set; }

    public static string PathOf(string template, PromptEncoding encoding) =>
        PromptFormat.FileName(template, encoding.PayloadType);

    /// <exception cref="CodecLibraryMissingException">The library of the codec is not installed; no file is created.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static PromptWriter Create(string template, PromptEncoding encoding, OutputFiles outputs)
    {
        IAudioEncoder encoder = encoding.CreateEncoder();
        try
        {
            string path = PathOf(template, encoding);
            FileStream file = outputs.Open(path, Permissions, written =>
                new FileStream(written, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 65_536));
            return new PromptWriter(path, encoding, encoder, file);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <param name="samples">At most <see cref="BlockSamples"/>.</param>
    public void Write(ReadOnlySpan<short> samples)
    {
        if (_encoding.PadsLastBlock && samples.Length < BlockSamples)
        {
            samples.CopyTo(_padded);
            _padded.AsSpan(samples.Length).Clear();
            samples = _padded;
        }

        int bytes = _encoder.Encode(samples, _frames);
        _file.Write(_frames, 0, bytes);
        BytesWritten += bytes;
    }

    /// <summary>Writes what is buffered.</summary>
    public void Complete() => _file.Flush();

    public void Dispose()
    {
        _encoder.Dispose();
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // Closing writes what is still buffered; that this fails has been reported when it was tried before.
        }
    }
}
