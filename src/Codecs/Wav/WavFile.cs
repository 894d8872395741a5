using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using RtpProxy.Codecs.G711;

namespace RtpProxy.Codecs.Wav;

/// <summary>
/// A WAV file of uncompressed or G.711 samples, without a library: also of programs that must not load one for files of strangers.
/// </summary>
/// <remarks>Immutable. Refers to the bytes of the file.</remarks>
public sealed class WavFile
{
    private const int ChunkHeaderBytes = 8;
    private const int FormatBytes = 16;
    private const int SubformatAt = 24; // of WAVE_FORMAT_EXTENSIBLE
    private const int MaxChannels = 8;
    private const int MinRateHz = 4_000;
    private const int MaxRateHz = 192_000;

    private readonly ReadOnlyMemory<byte> _data;
    private readonly WavEncoding _encoding;
    private readonly int _channels;

    private WavFile(ReadOnlyMemory<byte> data, WavEncoding encoding, int channels, int rateHz)
    {
        _data = data;
        _encoding = encoding;
        _channels = channels;
        RateHz = rateHz;
    }

    /// <summary>Frames a second, 4,000 to 192,000.</summary>
    public int RateHz { get; }

    /// <summary>Samples of each channel.</summary>
    public int FrameCount => _data.Length / FrameBytes;

    private int SampleBytes => _encoding switch
    {
        WavEncoding.Pcm16 => 2,
        WavEncoding.Pcm24 => 3,
        _ => 1,
    };

    private int FrameBytes => SampleBytes * _channels;

    /// <summary>Reads what is in front of the samples. A file that breaks off has those that are there.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="error">What is wrong with it, to follow its name.</param>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out WavFile? wav, out string error)
    {
        wav = null;
        ReadOnlySpan<byte> bytes = file.Span;
        error = "is no WAV file";
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> format = default;
        for (long at = 12; at <= bytes.Length - ChunkHeaderBytes;)
        {
            ReadOnlySpan<byte> chunk = bytes[(int)at..];
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            int there = (int)Math.Min(length, chunk.Length - ChunkHeaderBytes);
            if (chunk.StartsWith("fmt "u8))
            {
                format = chunk.Slice(ChunkHeaderBytes, there);
            }
            else if (chunk.StartsWith("data"u8))
            {
                wav = Of(format, file.Slice((int)at + ChunkHeaderBytes, there));
                error = wav is null ? "has an encoding, a rate or channels that are not supported" : "";
                return wav is not null;
            }

            at += ChunkHeaderBytes + length + (length & 1);
        }

        error = "has no samples";
        return false;
    }

    /// <summary>The samples as mono: the channels are averaged.</summary>
    public short[] ReadMono()
    {
        short[] mono = new short[FrameCount];
        ReadOnlySpan<byte> data = _data.Span;
        for (int frame = 0; frame < mono.Length; frame++)
        {
            int sum = 0;
            for (int channel = 0; channel < _channels; channel++)
            {
                sum += Sample(data);
                data = data[SampleBytes..];
            }

            mono[frame] = (short)(sum / _channels);
        }

        return mono;
    }

    private static WavFile? Of(ReadOnlySpan<byte> format, ReadOnlyMemory<byte> data)
    {
        if (format.Length < FormatBytes)
        {
            return null;
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (tag == 0xfffe && format.Length >= SubformatAt + 2)
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[SubformatAt..]);
        }

        WavEncoding? encoding = (tag, bits) switch
        {
            (1, 8) => WavEncoding.Pcm8,
            (1, 16) => WavEncoding.Pcm16,
            (1, 24) => WavEncoding.Pcm24,
            (6, 8) => WavEncoding.ALaw,
            (7, 8) => WavEncoding.MuLaw,
            _ => null,
        };
        return encoding is { } known && channels is >= 1 and <= MaxChannels && rate is >= MinRateHz and <= MaxRateHz && TelephoneRate.CanConvert((int)rate)
            ? new WavFile(data, known, channels, (int)rate)
            : null;
    }

    private int Sample(ReadOnlySpan<byte> data) => _encoding switch
    {
        WavEncoding.Pcm8 => (data[0] - 128) << 8,
        WavEncoding.Pcm16 => BinaryPrimitives.ReadInt16LittleEndian(data),
        WavEncoding.Pcm24 => BinaryPrimitives.ReadInt16LittleEndian(data[1..]),
        WavEncoding.ALaw => ALaw.Decode(data[0]),
        _ => MuLaw.Decode(data[0]),
    };
}
