using System.Buffers.Binary;

namespace RtpProxy.MakeAnn.Input;

/// <summary>
/// Finds MPEG audio (ISO 11172-3, 13818-3; also AAC in ADTS) without a tag. One frame header is eleven bits that raw audio has
/// too; so several must follow each other exactly.
/// </summary>
internal static class MpegFrames
{
    private const int FramesWanted = 3;
    private const uint SameInEveryFrame = 0xfffe_0c00; // sync, version, layer, sample rate

    private static readonly int[] KilobitsVersion1Layer3 =
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private static readonly int[] KilobitsVersion1Layer2 =
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];

    private static readonly int[] KilobitsVersion2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    private static readonly int[] RatesVersion1 = [44_100, 48_000, 32_000];

    /// <summary>
    /// Whether there are frames near the beginning of a file, or behind the ID3 tags that it begins with. A decoder finds some
    /// in any noise.
    /// </summary>
    public static bool AreIn(Stream file)
    {
        byte[] window = new byte[FileClaim.BytesNeeded];
        for (long position = 0; ;)
        {
            file.Position = position;
            ReadOnlySpan<byte> bytes = window.AsSpan(0, file.ReadAtLeast(window, window.Length, throwOnEndOfStream: false));
            if (bytes is [(byte)'I', (byte)'D', (byte)'3', _, _, byte flags, byte a, byte b, byte c, byte d, ..])
            {
                int footer = (flags & 0x10) != 0 ? 10 : 0;
                position += 10 + footer + ((a & 0x7f) << 21 | (b & 0x7f) << 14 | (c & 0x7f) << 7 | (d & 0x7f));
                continue;
            }

            for (; bytes.Length >= 7; bytes = bytes[1..])
            {
                if (bytes[0] == 0xff && Begin(bytes))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether the bytes begin with frames; a file that ends after fewer has to end with a whole one.</summary>
    public static bool Begin(ReadOnlySpan<byte> start)
    {
        uint first = 0;
        int frames = 0;
        while (frames < FramesWanted && start.Length >= 7)
        {
            uint header = BinaryPrimitives.ReadUInt32BigEndian(start);
            int length = FrameLength(header, start);
            if (length == 0 || (frames > 0 && ((header ^ first) & SameInEveryFrame) != 0))
            {
                return false;
            }

            first = header;
            frames++;
            if (length > start.Length)
            {
                return false;
            }

            start = start[length..];
        }

        return frames == FramesWanted || (frames == FramesWanted - 1 && start.IsEmpty);
    }

    /// <summary>0 for what is no header.</summary>
    private static int FrameLength(uint header, ReadOnlySpan<byte> frame)
    {
        if (header >> 21 != 0x7ff)
        {
            return 0;
        }

        int version = (int)(header >> 19) & 3; // 3 is version 1, 2 version 2, 0 version 2.5
        int layer = (int)(header >> 17) & 3; // 3 is layer I, 2 layer II, 1 layer III
        if (layer == 0)
        {
            // ADTS: a length of 13 bits that includes the header of 7 or 9.
            int length = ((frame[3] & 3) << 11) | (frame[4] << 3) | (frame[5] >> 5);
            return version >= 2 && length > 9 ? length : 0;
        }

        int rateIndex = (int)(header >> 10) & 3;
        int bitRateIndex = (int)(header >> 12) & 15;
        if (version == 1 || rateIndex == 3 || bitRateIndex is 0 or 15 || layer == 3)
        {
            return 0; // layer I is not found without its name; nobody has it
        }

        bool isVersion1 = version == 3;
        int rate = RatesVersion1[rateIndex] / (isVersion1 ? 1 : version == 2 ? 2 : 4);
        int[] kilobits = !isVersion1 ? KilobitsVersion2 : layer == 1 ? KilobitsVersion1Layer3 : KilobitsVersion1Layer2;
        int samples = layer == 1 && !isVersion1 ? 576 : 1_152;
        int padding = (int)(header >> 9) & 1;
        return (samples / 8 * kilobits[bitRateIndex] * 1_000 / rate) + padding;
    }
}
