namespace RtpProxy.Rtp.Tests;

public sealed class PayloadTypeTests
{
    [Theory]
    [InlineData(0, 160, 160)]
    [InlineData(8, 1, 1)]
    [InlineData(9, 160, 160)]
    [InlineData(18, 20, 160)]
    [InlineData(18, 12, 160)]
    [InlineData(18, 2, 80)]
    [InlineData(3, 33, 160)]
    [InlineData(3, 65, 160)]
    [InlineData(3, 32, 0)]
    [InlineData(101, 4, -1)]
    [InlineData(13, 1, -1)]
    [InlineData(0, 0, -1)]
    public void Duration_follows_from_type_and_length(byte type, int length, int samples)
    {
        new PayloadType(type).CountSamples(new byte[length]).ShouldBe(samples);
    }

    [Fact]
    public void Duration_of_G723_follows_from_the_rate_bits_of_each_frame()
    {
        byte[] payload = new byte[24 + 20 + 4];
        payload[24] = 1;
        payload[44] = 2;
        PayloadType.G723.CountSamples(payload).ShouldBe(3 * 240);

        payload[44] = 3;
        PayloadType.G723.CountSamples(payload).ShouldBe(RtpPacket.UnknownSampleCount);
    }

    [Theory]
    [InlineData(8_000, new[] { 0, 3, 4, 5, 7, 8, 9, 12, 13, 15, 18 })]
    [InlineData(16_000, new[] { 6 })]
    [InlineData(44_100, new[] { 10, 11 })]
    [InlineData(90_000, new[] { 14 })]
    [InlineData(11_025, new[] { 16 })]
    [InlineData(22_050, new[] { 17 })]
    [InlineData(0, new[] { 1, 2, 19, 25, 34, 72, 96, 101, 127 })]
    public void Clock_rates_are_those_of_the_static_assignments(int rate, int[] types)
    {
        foreach (int type in types)
        {
            new PayloadType((byte)type).ClockRateHz.ShouldBe(rate);
        }
    }

    [Theory]
    [InlineData(0, 65_535, 1)]
    [InlineData(65_535, 0, -1)]
    [InlineData(10, 10, 0)]
    [InlineData(32_768, 0, -32_768)]
    public void Distance_between_sequence_numbers_is_taken_across_the_wrap(int later, int earlier, int distance)
    {
        new SequenceNumber((ushort)later).DistanceFrom(new SequenceNumber((ushort)earlier)).ShouldBe((short)distance);
    }

    [Fact]
    public void Numbers_and_timestamps_go_on_past_their_wrap()
    {
        new SequenceNumber(65_535).Next.ShouldBe(new SequenceNumber(0));
        new SequenceNumber(3).Add(-5).ShouldBe(new SequenceNumber(65_534));
        new RtpTimestamp(uint.MaxValue).Add(160).ShouldBe(new RtpTimestamp(159));
        new RtpTimestamp(159).DistanceFrom(new RtpTimestamp(uint.MaxValue)).ShouldBe(160);
        new Ssrc(0xfeed).ToString().ShouldBe("0x0000FEED");
    }
}
