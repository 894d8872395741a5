using RtpProxy.Codecs.G711;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Codecs.Tests;

public sealed class FrameCodecTests
{
    private static readonly short[] Speech = SpeechSignal.Create(16_000);

    /// <summary>Codec, bytes for 160 samples, least correlation, largest difference of level in dB.</summary>
    public static TheoryData<string, int, double, double> Codecs => new()
    {
        { "PCMU", 160, 0.999, 0.1 },
        { "PCMA", 160, 0.999, 0.1 },
        { "GSM", 33, 0.90, 1.5 },
        { "G.722", 160, 0.99, 0.5 },
        { "G.729", 20, 0.80, 2.0 },
    };

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Speech_comes_back_with_its_length_level_and_shape(
        string name, int bytesPerBlock, double correlation, double decibels)
    {
        using IAudioEncoder encoder = CreateEncoder(name);
        using IAudioDecoder decoder = CreateDecoder(name);
        byte[] frames = new byte[160];
        short[] samples = new short[IAudioDecoder.MaxSamples];
        List<short> decoded = [];
        foreach (short[] block in Speech.Chunk(160))
        {
            int bytes = encoder.Encode(block, frames);
            bytes.ShouldBe(bytesPerBlock);
            decoded.AddRange(samples.AsSpan(0, decoder.Decode(frames.AsSpan(0, bytes), samples)));
        }

        decoded.Count.ShouldBe(Speech.Length);
        AudioComparison comparison = AudioComparison.Of(Speech, decoded.ToArray());
        comparison.Correlation.ShouldBeGreaterThan(correlation);
        Math.Abs(comparison.LevelDecibels).ShouldBeLessThan(decibels);
    }

    [Fact]
    public void Every_GSM_frame_has_its_signature()
    {
        using GsmEncoder encoder = new();
        byte[] frames = new byte[160];
        encoder.Encode(Speech.AsSpan(0, 320), frames).ShouldBe(66);

        (frames[0] >> 4).ShouldBe(0xd);
        (frames[33] >> 4).ShouldBe(0xd);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(32, 0)]
    [InlineData(33, 160)]
    [InlineData(65, 160)]
    [InlineData(66, 320)]
    [InlineData(33 * 30, 4_000)]
    public void GSM_decodes_whole_frames_only(int length, int samples)
    {
        using GsmDecoder decoder = new();
        decoder.Decode(new byte[length], new short[IAudioDecoder.MaxSamples]).ShouldBe(samples);
    }

    [Fact]
    public void The_upper_band_of_G722_is_constant()
    {
        using G722Encoder encoder = new();
        byte[] bytes = new byte[Speech.Length];
        encoder.Encode(Speech, bytes).ShouldBe(Speech.Length);

        bytes.ShouldAllBe(one => (one & 0xc0) == 0xc0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 80)]
    [InlineData(8, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 80)]
    [InlineData(12, 160)]
    [InlineData(15, 0)]
    [InlineData(20, 160)]
    [InlineData(22, 240)]
    [InlineData(24, 0)]
    [InlineData(600, 51 * 80)]
    public void G729_decodes_speech_frames_and_a_comfort_noise_frame_at_the_end(int length, int samples)
    {
        using G729Decoder decoder = new();
        decoder.Decode(new byte[length], new short[IAudioDecoder.MaxSamples]).ShouldBe(samples);
    }

    [Fact]
    public void Voice_activity_detection_makes_shorter_frames_of_silence()
    {
        using G729Encoder encoder = new(detectVoice: true);
        byte[] frame = new byte[80];
        HashSet<int> lengths = [];
        foreach (short[] block in (Speech.Concat(new short[16_000])).Chunk(80))
        {
            lengths.Add(encoder.Encode(block, frame));
        }

        lengths.ShouldBe([10, 2, 0], ignoreOrder: true);
    }

    [Fact]
    public void A_library_that_is_not_installed_is_named_with_its_package()
    {
        CodecLibrary library = new("Opus", "libdoesnotexist.so.7", "libdoesnotexist7");

        library.IsAvailable.ShouldBeFalse();
        Should.Throw<CodecLibraryMissingException>(library.Require).Message.ShouldBe(
            "Opus not available: cannot load libdoesnotexist.so.7, install the package libdoesnotexist7");
    }

    [Fact]
    public void No_payload_makes_a_decoder_fail()
    {
        Random random = new(3);
        foreach (string name in Codecs.Select(row => row.Data.Item1))
        {
            using IAudioDecoder decoder = CreateDecoder(name);
            short[] samples = new short[IAudioDecoder.MaxSamples];
            for (int i = 0; i < 3_000; i++)
            {
                byte[] payload = new byte[random.Next(i % 100 == 0 ? 6_000 : 200)];
                random.NextBytes(payload);
                decoder.Decode(payload, samples).ShouldBeInRange(0, IAudioDecoder.MaxSamples);
            }
        }
    }

    private static IAudioEncoder CreateEncoder(string name) => name switch
    {
        "PCMU" => new G711Encoder(G711Law.MuLaw),
        "PCMA" => new G711Encoder(G711Law.ALaw),
        "GSM" => new GsmEncoder(),
        "G.722" => new G722Encoder(),
        _ => new G729Encoder(),
    };

    private static IAudioDecoder CreateDecoder(string name) => name switch
    {
        "PCMU" => new G711Decoder(G711Law.MuLaw),
        "PCMA" => new G711Decoder(G711Law.ALaw),
        "GSM" => new GsmDecoder(),
        "G.722" => new G722Decoder(),
        _ => new G729Decoder(),
    };
}
