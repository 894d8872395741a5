using System.Buffers.Binary;

namespace RtpProxy.TestKit.Audio;

/// <summary>WAV files for tests, as recorders and editors write them.</summary>
public static class WavBytes
{
    /// <param name="tag">1 for PCM, 6 for A-law, 7 for u-law.</param>
    /// <param name="data">The samples as they are kept.</param>
    /// <param name="isExtensible">Said the longer way.</param>
    public static byte[] Of(int tag, int bits, int channels, int rateHz, byte[] data, bool isExtensible = false)
    {
        int formatLength = isExtensible ? 40 : 16;
        byte[] file = new byte[12 + 8 + formatLength + 8 + 4 + 8 + data.Length];
        Span<byte> rest = file;
        "RIFF"u8.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(rest[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], formatLength);
        Span<byte> format = rest[20..];
        BinaryPrimitives.WriteUInt16LittleEndian(format, isExtensible ? (ushort)0xfffe : (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format[2..], (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format[4..], rateHz);
        BinaryPrimitives.WriteInt32LittleEndian(format[8..], rateHz * channels * bits / 8);
        BinaryPrimitives.WriteUInt16LittleEndian(format[12..], (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(format[14..], (ushort)bits);
        if (isExtensible)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(format[24..], (ushort)tag);
        }

        rest = rest[(20 + formatLength)..];
        "LIST"u8.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], 3); // and a byte that makes it even
        rest = rest[12..];
        "data"u8.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], data.Length);
        data.CopyTo(rest[8..]);
        return file;
    }

    /// <summary>A tone in each channel, in 16 bits.</summary>
    public static byte[] Tone(int rateHz, double seconds, params double[] hertz)
    {
        byte[] data = new byte[(int)(rateHz * seconds) * hertz.Length * 2];
        for (int i = 0; i < data.Length / 2; i++)
        {
            double phase = 2 * Math.PI * hertz[i % hertz.Length] * (i / hertz.Length) / rateHz;
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(i * 2), (short)(12_000 * Math.Sin(phase)));
        }

        return Of(1, 16, hertz.Length, rateHz, data);
    }
}
