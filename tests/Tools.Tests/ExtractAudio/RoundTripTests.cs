using RtpProxy.Codecs.Srtp;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>Speech becomes a prompt, the prompt a recorded stream, and the recording audio again.</summary>
public sealed class RoundTripTests : ToolTests
{
    private static readonly short[] Speech = SpeechSignal.Create(40_000);
    private static readonly byte[] Key = [.. Enumerable.Range(50, SrtpKey.Length).Select(i => (byte)i)];

    /// <summary>Payload type, bytes of 20 ms, least correlation, largest difference of level in dB.</summary>
    public static TheoryData<int, int, double, double> Codecs => new()
    {
        { 0, 160, 0.999, 0.1 },
        { 8, 160, 0.999, 0.1 },
        { 3, 33, 0.90, 1.5 },
        { 9, 160, 0.99, 0.5 },
        { 18, 20, 0.80, 2.0 },
    };

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Ad_hoc_recordings_sound_as_what_was_said(int payloadType, int frameBytes, double correlation, double decibels)
    {
        Write("a", Record(payloadType, frameBytes).ToAdHoc());

        Compare(Extract("-A", "a"), correlation, decibels);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Captures_sound_as_what_was_said(int payloadType, int frameBytes, double correlation, double decibels)
    {
        Write("b", Record(payloadType, frameBytes).ToPcap(isIPv6: payloadType == 8));

        Compare(Extract("-B", "b"), correlation, decibels, channel: 1);
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", 10)]
    [InlineData("aes_cm_128_hmac_sha1_32", 4)]
    public void Encrypted_captures_sound_as_what_was_said(string suite, int tagLength)
    {
        using SrtpProtector protector = new(Key, tagLength);
        RecordedCall call = new();
        foreach ((double arrival, byte[] packet) in Record(0, 160).Packets)
        {
            call.AddRaw(arrival, protector.Protect(packet));
        }

        Write("a", call.ToPcap());

        ToolResult result = Extract("-A", "a", "--alice-crypto", $"{suite}:{Convert.ToBase64String(Key)}");
        result.ErrorLines.ShouldHaveSingleItem();
        Compare(result, 0.999, 0.1);

        result = Extract("-A", "a", "--alice-crypto", $"{suite}:{new string('A', 40)}");
        result.ErrorLines[0].ShouldBe("decryption failed");
        result.OutputLines[0].ShouldStartWith("pcount=0, ");
        Exists("out.raw").ShouldBeFalse();
    }

    [Fact]
    public void A_key_is_of_no_use_for_an_ad_hoc_recording()
    {
        Write("a", Record(0, 160).ToAdHoc());

        Compare(
            Extract("-A", "a", "--alice-crypto", $"AES_CM_128_HMAC_SHA1_80:{Convert.ToBase64String(Key)}"), 0.999, 0.1);
    }

    [Fact]
    public void A_call_that_changes_its_codec_goes_on_sounding()
    {
        RecordedCall call = new();
        byte[] pcmu = Encode(0);
        byte[] pcma = Encode(8);
        for (int i = 0; i < 250; i++)
        {
            byte[] frames = i < 120 ? pcmu : pcma;
            call.Add(1000 + (i * 0.02), i, i * 160, frames[(i * 160)..((i + 1) * 160)], i < 120 ? 0 : 8);
        }

        Write("a", call.ToPcap());

        Compare(Extract("-A", "a"), 0.999, 0.1);
    }

    [Fact]
    public void A_sequence_and_a_timestamp_that_wrap_are_heard_through()
    {
        byte[] pcmu = Encode(0);
        RecordedCall call = new();
        for (int i = 0; i < 250; i++)
        {
            // They do not wrap at the same packet, which plain comparison could not put in order.
            call.Add(1000 + (i * 0.02), 65_500 + i, 0xffff_0000L + (i * 160), pcmu[(i * 160)..((i + 1) * 160)]);
        }

        Write("a", call.ToAdHoc());
        ToolResult result = Extract("-A", "a");

        result.OutputLines[1].ShouldBe("ssrc_changes=1, psent=250, precvd=250, plost=0");
        result.Errors.ShouldBe("samples decoded: O: 0, A: 40000, written: 40000\n");
        Compare(result, 0.999, 0.1);
    }

    private byte[] Encode(int payloadType)
    {
        Write("speech.sln", Bytes(Speech));
        Tool.MakeAnn.Run(Work, "speech.sln", "speech").ExitCode.ShouldBe(0);
        return Read($"speech.{payloadType}");
    }

    private RecordedCall Record(int payloadType, int frameBytes) =>
        new RecordedCall().AddStream(Encode(payloadType), frameBytes, payloadType);

    private ToolResult Extract(params string[] arguments)
    {
        File.Delete(PathOf("out.raw"));
        return Tool.ExtractAudio.Run(Work, ["-s", "-F", "raw", "-D", "pcm_16", .. arguments, "out.raw"]);
    }

    private void Compare(ToolResult result, double correlation, double decibels, int channel = 0)
    {
        result.ExitCode.ShouldBe(0, result.Errors);
        short[] stereo = ReadSamples("out.raw");
        short[] samples = [.. stereo.Where((_, i) => i % 2 == channel)];
        stereo.Where((_, i) => i % 2 != channel).ShouldAllBe(sample => sample == 0);
        samples.Length.ShouldBe(Speech.Length);
        AudioComparison comparison = AudioComparison.Of(Speech, samples);
        comparison.Correlation.ShouldBeGreaterThan(correlation);
        Math.Abs(comparison.LevelDecibels).ShouldBeLessThan(decibels);
    }
}
