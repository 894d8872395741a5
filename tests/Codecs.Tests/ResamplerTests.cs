using RtpProxy.TestKit.Audio;

namespace RtpProxy.Codecs.Tests;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(16_000)]
    [InlineData(6_000)]
    [InlineData(768_000)]
    [InlineData(44_099)]
    public void A_tone_stays_where_it_is_in_time_and_pitch(int rate)
    {
        short[] made = Resample(Tone(700, rate), rate, chunk: 333);

        made.Length.ShouldBeInRange(7_999, 8_001);
        AudioComparison comparison = AudioComparison.Of(
            [.. Tone(700, 8_000).Select(ToShort)], [.. made.Concat(new short[1])], maxShiftSamples: 0);
        comparison.Correlation.ShouldBeGreaterThan(0.998);
        comparison.LevelDecibels.ShouldBeInRange(-0.1, 0.1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_shortest_inputs_end(int samples) =>
        Resample(new float[samples], 44_100, chunk: 10).Length.ShouldBeLessThanOrEqualTo(2);

    private static float[] Tone(int hertz, int rate) =>
        [.. Enumerable.Range(0, rate).Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    private static short ToShort(float sample) => (short)(sample * 32_767);

    private static short[] Resample(float[] input, int rate, int chunk)
    {
        int position = 0;
        using Resampler resampler = new(Read, rate, 8_000);
        List<short> made = [];
        float[] output = new float[chunk];
        int read;
        while ((read = resampler.Read(output)) > 0)
        {
            made.AddRange(output.Take(read).Select(ToShort));
        }

        return [.. made];

        int Read(Span<float> samples)
        {
            int count = Math.Min(samples.Length, input.Length - position);
            input.AsSpan(position, count).CopyTo(samples);
            position += count;
            return count;
        }
    }
}
