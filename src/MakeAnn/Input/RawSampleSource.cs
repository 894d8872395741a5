using System.Buffers.Binary;

namespace RtpProxy.MakeAnn.Input;

/// <summary>A file of samples without a header, little endian. A last odd byte is passed over.</summary>
internal sealed class RawSampleSource(FileStream stream) : ISampleSource
{
    private byte[] _bytes = [];

    public string Description => "8000 Hz, 16 bits, mono, no header";

    public double Progress => stream.Length > 0 ? (double)stream.Position / stream.Length : 0;

    public int Read(Span<short> samples)
    {
        int length = samples.Length * sizeof(short);
        if (_bytes.Length < length)
        {
            _bytes = new byte[length];
        }

        int read = stream.ReadAtLeast(_bytes.AsSpan(0, length), length, throwOnEndOfStream: false) / sizeof(short);
        for (int i = 0; i < read; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(_bytes.AsSpan(i * sizeof(short)));
        }

        return read;
    }

    public void Rewind() => stream.Position = 0;

    public void Dispose() => stream.Dispose();
}
