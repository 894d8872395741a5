namespace RtpProxy.Codecs.G711;

/// <summary>A-law of ITU-T G.711: sign, three bits of segment and four of step, every second bit inverted.</summary>
public static class ALaw
{
    private const int PositiveMask = 0xd5;
    private const int NegativeMask = 0x55;

    private static readonly short[] Samples = CreateSamples();

    public static short Decode(byte code) => Samples[code];

    public static byte Encode(short sample)
    {
        int magnitude = sample >> 3;
        int mask = PositiveMask;
        if (magnitude < 0)
        {
            magnitude = -magnitude - 1;
            mask = NegativeMask;
        }

        // 12 bits of magnitude: the first two segments have the same step, and each further one begins a bit higher.
        int segment = magnitude < 32 ? 0 : int.Log2(magnitude) - 4;
        int step = (magnitude >> Math.Max(segment, 1)) & 0x0f;
        return (byte)(((segment << 4) | step) ^ mask);
    }

    private static short[] CreateSamples()
    {
        short[] samples = new short[256];
        for (int code = 0; code < samples.Length; code++)
        {
            int bits = code ^ NegativeMask;
            int segment = (bits & 0x70) >> 4;
            int magnitude = ((bits & 0x0f) << 4) + 8; // the middle of the step
            if (segment > 0)
            {
                magnitude = (magnitude + 0x100) << (segment - 1);
            }

            samples[code] = (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
        }

        return samples;
    }
}
