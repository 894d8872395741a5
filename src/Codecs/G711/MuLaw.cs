namespace RtpProxy.Codecs.G711;

/// <summary>u-law of ITU-T G.711: sign, three bits of segment and four of step, all inverted.</summary>
public static class MuLaw
{
    private const int Bias = 33;
    private const int Clip = 8_159; // largest magnitude of 14 bits that a segment holds after the bias
    private const int LargestSegment = 7;
    private const int NegativeZero = 0x7f;
    private const int PositiveZero = 0xff;

    private static readonly short[] Samples = CreateSamples();

    /// <summary>
    /// The sample of a code. The two zeros give -2 and 2, as in the original, whose silence is therefore not all zeros.
    /// </summary>
    public static short Decode(byte code) => Samples[code];

    public static byte Encode(short sample)
    {
        int magnitude = sample >> 2;
        int mask = PositiveZero;
        if (magnitude < 0)
        {
            magnitude = -magnitude;
            mask = NegativeZero;
        }

        magnitude = Math.Min(magnitude, Clip) + Bias;
        int segment = int.Log2(magnitude) - 5; // the first segment ends at 63, each of the others at twice the one before
        return segment > LargestSegment
            ? (byte)(0x7f ^ mask)
            : (byte)(((segment << 4) | ((magnitude >> (segment + 1)) & 0x0f)) ^ mask);
    }

    private static short[] CreateSamples()
    {
        short[] samples = new short[256];
        for (int code = 0; code < samples.Length; code++)
        {
            int bits = ~code & 0xff;
            int magnitude = ((((bits & 0x0f) << 1) + Bias) << ((bits & 0x70) >> 4)) - Bias;
            samples[code] = (short)((bits & 0x80) != 0 ? -magnitude * 4 : magnitude * 4);
        }

        samples[NegativeZero] = -2;
        samples[PositiveZero] = 2;
        return samples;
    }
}
