namespace RtpProxy.TestKit.Audio;

/// <summary>
/// A signal that codecs for speech treat as such: a pitch of 110 to 150 Hz with formants, in syllables of a fifth of a
/// second with short pauses. The same seed gives the same samples.
/// </summary>
public static class SpeechSignal
{
    private const int SyllableMilliseconds = 210;
    private const int PauseMilliseconds = 40;

    /// <param name="samples">How many.</param>
    /// <param name="seed">Chooses the vowels.</param>
    /// <param name="sampleRateHz">Frames a second.</param>
    /// <param name="peak">Largest magnitude, about.</param>
    public static short[] Create(int samples, int seed = 1, int sampleRateHz = 8_000, int peak = 12_000)
    {
        Random random = new(seed);
        short[] signal = new short[samples];
        int syllable = sampleRateHz * SyllableMilliseconds / 1_000;
        int pause = sampleRateHz * PauseMilliseconds / 1_000;
        double phase = 0;
        for (int start = 0; start < samples; start += syllable + pause)
        {
            double pitch = 110 + (random.NextDouble() * 40);
            double first = 350 + (random.NextDouble() * 400);
            double second = 1_000 + (random.NextDouble() * 900);
            double glide = (random.NextDouble() * 20) - 10;
            for (int i = 0; i < syllable && start + i < samples; i++)
            {
                double share = (double)i / syllable;
                double frequency = pitch + (glide * share);
                phase += 2 * Math.PI * frequency / sampleRateHz;
                double sum = 0;
                for (int harmonic = 1; harmonic * frequency < 3_200; harmonic++)
                {
                    double at = harmonic * frequency;
                    double strength = (1 / (1 + Math.Pow((at - first) / 130, 2)))
                        + (0.5 / (1 + Math.Pow((at - second) / 180, 2)));
                    sum += strength * Math.Sin(harmonic * phase);
                }

                signal[start + i] = (short)Math.Clamp(sum * Math.Sin(Math.PI * share) * peak / 3, -32_768, 32_767);
            }
        }

        return signal;
    }
}
