using RtpProxy.Relay.Latching;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>What tells the media of a fax from what says nothing of where media is.</summary>
public sealed class FaxOrChatter
{
    [Fact]
    public void A_fax_is_no_chatter_whatever_its_number()
    {
        for (int number = 0; number <= ushort.MaxValue; number++)
        {
            byte first = (byte)(number >> 8);
            byte second = (byte)number;
            bool isDtls = first is >= 20 and <= 63 && second == 0xFE; // one packet of 256, which costs 20 ms

            PacketEvidence.FromOther([first, second, 6, 0xC0, 1, 0x80, 0, 0, 0xFF]).IsChatter.ShouldBe(isDtls, $"{number:X4}");
        }
    }

    [Theory]
    [InlineData("80C9000100000001")] // an RR without reports
    [InlineData("80C9000100000001E00000015A5A5A5A5A5A5A5A5A5A")] // as SRTCP, with index and tag
    [InlineData("81CA0002000000010102414200000000")]
    public void RTCP_is_chatter(string hex) =>
        PacketEvidence.FromOther(Convert.FromHexString(hex)).IsChatter.ShouldBeTrue();
}
