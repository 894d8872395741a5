namespace RtpProxy.Rtp.Tests;

/// <summary>The table of frames (RFC 3551 section 4.5).</summary>
public sealed class AudioFramingTests
{
    [Fact]
    public void What_has_a_framing_is_what_has_a_duration_and_a_frame_lasts_as_long_as_the_table_says()
    {
        for (byte type = 0; type < 128; type++)
        {
            PayloadType payloadType = new(type);
            int expected = AudioFraming.Of(payloadType)?.FrameSamples ?? RtpPacket.UnknownSampleCount;
            int bytes = AudioFraming.Of(payloadType)?.FrameBytes ?? 1;

            payloadType.CountSamples(new byte[bytes]).ShouldBe(expected, $"payload type {type}");
        }
    }

    [Theory]
    [InlineData(1, 33, 160), InlineData(160, 33, 160), InlineData(161, 66, 320)]
    public void Frames_that_hold_so_many_samples_are_whole(int samples, int bytes, int held) =>
        AudioFraming.Gsm.Holding(samples).ShouldBe(new AudioFraming(bytes, held));
}
