using RtpProxy.Codecs.G711;
using RtpProxy.Codecs.Wav;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Codecs.Tests;

public sealed class WavFileTests
{
    [Theory]
    [InlineData(1, 8, new byte[] { 128, 255, 0 }, new short[] { 0, 32_512, -32_768 })]
    [InlineData(1, 16, new byte[] { 0, 0, 0xff, 0x7f, 0, 0x80 }, new short[] { 0, 32_767, -32_768 })]
    [InlineData(1, 24, new byte[] { 9, 0, 0, 9, 0xff, 0x7f, 9, 0, 0x80 }, new short[] { 0, 32_767, -32_768 })]
    [InlineData(6, 8, new byte[] { 0xd5, 0x55 }, new short[] { 8, -8 })]
    [InlineData(7, 8, new byte[] { 0xff, 0x00 }, new short[] { 2, -32_124 })]
    public void Samples_are_read_in_every_encoding(int tag, int bits, byte[] data, short[] samples)
    {
        foreach (bool isExtensible in (bool[])[false, true])
        {
            WavFile wav = Read(WavBytes.Of(tag, bits, 1, 11_025, data, isExtensible));

            wav.RateHz.ShouldBe(11_025);
            wav.ReadMono().ShouldBe(samples);
        }
    }

    [Fact]
    public void Channels_are_averaged() =>
        Read(WavBytes.Of(1, 16, 2, 8_000, [10, 0, 20, 0, 100, 0, 0, 0])).ReadMono().ShouldBe([15, 50]);

    [Fact]
    public void A_file_that_breaks_off_has_what_is_there()
    {
        byte[] whole = WavBytes.Of(1, 16, 2, 8_000, [1, 0, 1, 0, 2, 0, 2, 0]);

        Read(whole[..^1]).ReadMono().ShouldBe([1]);
        Read(whole[..^8]).ReadMono().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3, 32, 1, 8_000)]
    [InlineData(1, 32, 1, 8_000)]
    [InlineData(2, 4, 1, 8_000)]
    [InlineData(1, 16, 0, 8_000)]
    [InlineData(1, 16, 9, 8_000)]
    [InlineData(1, 16, 1, 3_999)]
    [InlineData(1, 16, 1, 192_001)]
    [InlineData(1, 16, 1, 191_999)] // 8,000 places between two samples, with 818 weights each
    [InlineData(1, 16, 1, -1)]
    public void What_is_not_supported_is_refused(int tag, int bits, int channels, int rate)
    {
        WavFile.TryRead(WavBytes.Of(tag, bits, channels, rate, new byte[64]), out WavFile? wav, out string error).ShouldBeFalse();

        wav.ShouldBeNull();
        error.ShouldContain("not supported");
    }

    [Fact]
    public void Any_bytes_are_a_file_or_an_error()
    {
        byte[] whole = WavBytes.Of(1, 16, 2, 8_000, new byte[40]);
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = whole[..random.Next(whole.Length + 1)];
            for (int change = random.Next(4); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (WavFile.TryRead(bytes, out WavFile? wav, out string error))
            {
                wav.ReadMono().Length.ShouldBe(wav.FrameCount);
            }
            else
            {
                error.ShouldNotBeEmpty();
            }
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(16_000)]
    [InlineData(6_000)]
    [InlineData(11_025)]
    [InlineData(192_000)]
    [InlineData(44_099)]
    public void A_tone_stays_where_it_is_in_time_and_pitch(int rate)
    {
        short[] made = TelephoneRate.Convert(Read(WavBytes.Tone(rate, 1, 700)).ReadMono(), rate);

        made.Length.ShouldBe(8_000);
        AudioComparison comparison = AudioComparison.Of(Read(WavBytes.Tone(8_000, 1, 700)).ReadMono(), made, maxShiftSamples: 0);
        comparison.Correlation.ShouldBeGreaterThan(0.999);
        comparison.LevelDecibels.ShouldBeInRange(-0.1, 0.1);
    }

    [Theory]
    [InlineData(48_000, 6_000)]
    [InlineData(44_100, 9_000)]
    [InlineData(16_000, 4_400)]
    public void What_the_telephone_cannot_carry_is_removed(int rate, int hertz)
    {
        short[] made = TelephoneRate.Convert(Read(WavBytes.Tone(rate, 1, hertz)).ReadMono(), rate);

        made.AsSpan(200, 7_600).ToArray().Max(Math.Abs).ShouldBeLessThan((short)24, "of 12,000: 54 dB");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(6, 1)]
    public void The_shortest_inputs_end(int samples, int made) => TelephoneRate.Convert(new short[samples], 44_100).Length.ShouldBe(made);

    [Fact]
    public void Every_code_of_G711_comes_back()
    {
        byte[] codes = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];

        byte[] again = new byte[256];
        new G711Encoder(G711Law.ALaw).Encode(Read(WavBytes.Of(6, 8, 1, 8_000, codes)).ReadMono(), again);

        again.ShouldBe(codes);
    }

    private static WavFile Read(byte[] file)
    {
        WavFile.TryRead(file, out WavFile? wav, out string error).ShouldBeTrue(error);
        return wav!;
    }
}
