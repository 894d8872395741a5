namespace RtpProxy.TestKit.Audio;

/// <summary>How alike two pieces of audio are, beyond having the same length.</summary>
/// <param name="LevelDecibels">Level of the second against the first.</param>
/// <param name="Correlation">At the best shift, 1 for the same shape.</param>
/// <param name="ShiftSamples">How much later the second has what the first has.</param>
public readonly record struct AudioComparison(double LevelDecibels, double Correlation, int ShiftSamples)
{
    /// <param name="original">What went in.</param>
    /// <param name="copy">What came out.</param>
    /// <param name="maxShiftSamples">Codecs delay by a few milliseconds; look that far.</param>
    public static AudioComparison Of(ReadOnlySpan<short> original, ReadOnlySpan<short> copy, int maxShiftSamples = 200)
    {
        double best = double.MinValue;
        int bestShift = 0;
        for (int shift = 0; shift <= maxShiftSamples; shift++)
        {
            double correlation = Correlate(original, copy, shift);
            if (correlation > best)
            {
                (best, bestShift) = (correlation, shift);
            }
        }

        return new AudioComparison(10 * Math.Log10(Energy(copy) / Energy(original)), best, bestShift);
    }

    private static double Correlate(ReadOnlySpan<short> original, ReadOnlySpan<short> copy, int shift)
    {
        int length = Math.Min(original.Length, copy.Length - shift);
        if (length <= 0)
        {
            return double.MinValue;
        }

        double product = 0;
        for (int i = 0; i < length; i++)
        {
            product += (double)original[i] * copy[i + shift];
        }

        return product / length / Math.Sqrt(Energy(original[..length]) * Energy(copy.Slice(shift, length)));
    }

    /// <summary>Mean square.</summary>
    private static double Energy(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (short sample in samples)
        {
            sum += (double)sample * sample;
        }

        return sum / Math.Max(samples.Length, 1);
    }
}
