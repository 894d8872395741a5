using System.Numerics;

namespace RtpProxy.Codecs.Wav;

/// <summary>
/// Brings samples of any rate to 8 kHz: a windowed sinc for each place that an output sample has between two of the input. What
/// the telephone cannot carry is removed instead of being folded back. <see cref="Resampler"/> is better and needs a library.
/// </summary>
public static class TelephoneRate
{
    public const int Hz = 8_000;

    private const int ZeroCrossings = 16; // on either side: 60 dB within 400 Hz
    private const int MaxWeights = 1 << 21; // 8 MB
    private const double Passband = 0.94; // of half the lower rate

    /// <summary>Whether a rate has so few places between two samples that their weights are made in a moment: all that are in use have.</summary>
    /// <param name="rateHz">Above zero.</param>
    public static bool CanConvert(int rateHz)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        return (long)PlacesOf(rateHz) * 2 * ReachOf(CutoffOf(rateHz)) <= MaxWeights;
    }

    /// <param name="samples">At <paramref name="rateHz"/>.</param>
    /// <param name="rateHz">Above zero.</param>
    /// <returns>The same at 8 kHz; the same array where that is its rate.</returns>
    public static short[] Convert(short[] samples, int rateHz)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        if (rateHz == Hz)
        {
            return samples;
        }

        int places = PlacesOf(rateHz);
        int step = rateHz / (Hz / places);
        double cutoff = CutoffOf(rateHz);
        int reach = ReachOf(cutoff);
        float[] kernels = Kernels(places, reach, cutoff);
        short[] converted = new short[(int)((long)samples.Length * Hz / rateHz)];
        for (int i = 0; i < converted.Length; i++)
        {
            long at = (long)i * step;
            ReadOnlySpan<float> kernel = kernels.AsSpan((int)(at % places) * 2 * reach, 2 * reach);
            converted[i] = Weigh(samples, (int)(at / places) - reach + 1, kernel);
        }

        return converted;
    }

    private static int PlacesOf(int rateHz) => Hz / CommonDivisor(rateHz, Hz);

    /// <summary>Of half the input's rate.</summary>
    private static double CutoffOf(int rateHz) => Passband * Math.Min(1, (double)Hz / rateHz);

    private static int ReachOf(double cutoff) => (int)Math.Ceiling(ZeroCrossings / cutoff);

    private static short Weigh(ReadOnlySpan<short> samples, int first, ReadOnlySpan<float> kernel)
    {
        int skipped = Math.Max(-first, 0);
        int count = Math.Min(kernel.Length, samples.Length - first) - skipped;
        if (count <= 0)
        {
            return 0;
        }

        ReadOnlySpan<short> near = samples.Slice(first + skipped, count);
        ReadOnlySpan<float> weights = kernel.Slice(skipped, count);
        Vector<float> sums = default;
        int i = 0;
        for (; i <= near.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(near[i..]), out Vector<int> low, out Vector<int> high);
            sums += Vector.ConvertToSingle(low) * new Vector<float>(weights[i..]);
            sums += Vector.ConvertToSingle(high) * new Vector<float>(weights[(i + Vector<float>.Count)..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < near.Length; i++)
        {
            sum += near[i] * weights[i];
        }

        return (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
    }

    /// <summary>A row for each place between two samples; its weights sum up to one, so that nothing gets louder.</summary>
    private static float[] Kernels(int places, int reach, double cutoff)
    {
        int taps = 2 * reach;
        float[] kernels = new float[places * taps];
        double[] row = new double[taps];
        for (int place = 0; place < places; place++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                double distance = tap - reach + 1 - ((double)place / places);
                row[tap] = Sinc(cutoff * distance) * Window(distance / reach);
            }

            double sum = row.Sum();
            for (int tap = 0; tap < taps; tap++)
            {
                kernels[(place * taps) + tap] = (float)(row[tap] / sum);
            }
        }

        return kernels;
    }

    private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <summary>Blackman's; nothing beyond -1 to 1.</summary>
    private static double Window(double x) =>
        Math.Abs(x) >= 1 ? 0 : 0.42 + (0.5 * Math.Cos(Math.PI * x)) + (0.08 * Math.Cos(2 * Math.PI * x));
}
