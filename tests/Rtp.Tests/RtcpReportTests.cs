using System.Buffers.Binary;
using RtpProxy.Rtp.Rtcp;

namespace RtpProxy.Rtp.Tests;

/// <summary>Sender reports and report blocks (RFC 3550, section 6.4).</summary>
public sealed class RtcpReportTests
{
    // A sender report of 0x01020304 with two report blocks.
    private static readonly byte[] TwoBlocks = Convert.FromHexString(
        "82C80012" + "01020304" + "E1A2B3C4D5E6F708" + "00001000" + "00000064" + "00003E80"
        + "0A0B0C0D" + "40FFFFFD" + "0001C350" + "000000F0" + "B3C4D5E6" + "00018000"
        + "0A0B0C0E" + "FF7FFFFF" + "00000007" + "FFFFFFFF" + "00000000" + "FFFFFFFF");

    [Fact]
    public void A_sender_report_tells_when_it_was_sent_and_how_much()
    {
        SenderReport.TryParse(First(TwoBlocks), out SenderReport report).ShouldBeTrue();

        report.Ssrc.ShouldBe(new Ssrc(0x01020304));
        report.MiddleOfNtpTimestamp.ShouldBe(0xB3C4D5E6);
        report.RtpTimestamp.ShouldBe(new RtpTimestamp(0x1000));
        report.PacketCount.ShouldBe(100U);
        report.OctetCount.ShouldBe(16_000U);
    }

    [Fact]
    public void Report_blocks_come_in_their_order()
    {
        var blocks = new RtcpReportBlocks(First(TwoBlocks));

        blocks.MoveNext().ShouldBeTrue();
        blocks.Current.Ssrc.ShouldBe(new Ssrc(0x0A0B0C0D));
        blocks.Current.FractionLost.ShouldBe((byte)64);
        blocks.Current.CumulativeLost.ShouldBe(-3);
        blocks.Current.HighestSequence.ShouldBe(0x0001C350U);
        blocks.Current.Jitter.ShouldBe(240U);
        blocks.Current.LastSenderReport.ShouldBe(0xB3C4D5E6);
        blocks.Current.DelaySinceLastSenderReport.ShouldBe(TimeSpan.FromSeconds(1.5));
        blocks.MoveNext().ShouldBeTrue();
        blocks.Current.Ssrc.ShouldBe(new Ssrc(0x0A0B0C0E));
        blocks.Current.FractionLost.ShouldBe((byte)255);
        blocks.Current.CumulativeLost.ShouldBe(0x7FFFFF);
        blocks.Current.DelaySinceLastSenderReport.TotalSeconds.ShouldBe(65_536, 0.001);
        blocks.MoveNext().ShouldBeFalse();
    }

    [Fact]
    public void A_receiver_report_has_them_after_its_sender()
    {
        byte[] report = [0x81, 201, 0, 7, 1, 2, 3, 4, .. TwoBlocks.AsSpan(28, 24)];

        Sources(First(report)).ShouldBe([0x0A0B0C0DU]);
        SenderReport.TryParse(First(report), out _).ShouldBeFalse();
    }

    [Fact]
    public void There_are_no_more_than_the_header_counts()
    {
        byte[] report = [.. TwoBlocks];
        report[0] = 0x81;

        Sources(First(report)).ShouldBe([0x0A0B0C0DU]);
    }

    [Fact]
    public void Other_packets_have_none()
    {
        byte[] description = [.. TwoBlocks];
        description[1] = 202;

        Sources(First(description)).ShouldBeEmpty();
        SenderReport.TryParse(First(description), out _).ShouldBeFalse();
    }

    [Fact]
    public void Whatever_its_length_a_packet_has_the_blocks_that_are_whole()
    {
        for (int words = 1; words <= TwoBlocks.Length / sizeof(uint); words++)
        {
            byte[] cut = TwoBlocks[..(words * sizeof(uint))];
            BinaryPrimitives.WriteUInt16BigEndian(cut.AsSpan(2), (ushort)(words - 1));

            Sources(First(cut)).Count.ShouldBe(Math.Max(0, (cut.Length - 28) / 24));
            SenderReport.TryParse(First(cut), out SenderReport report).ShouldBe(cut.Length >= 28);
            if (cut.Length >= 28)
            {
                report.OctetCount.ShouldBe(16_000U);
            }
        }
    }

    [Fact]
    public void No_prefix_and_no_flipped_bit_throws()
    {
        for (int length = 0; length <= TwoBlocks.Length; length++)
        {
            Walk(TwoBlocks[..length]);
        }

        for (int bit = 0; bit < TwoBlocks.Length * 8; bit++)
        {
            byte[] flipped = [.. TwoBlocks];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Walk(flipped);
        }
    }

    private static RtcpHeader First(byte[] packet)
    {
        RtcpHeader.TryParse(packet, out RtcpHeader header).ShouldBe(RtcpParseError.None);
        return header;
    }

    private static List<uint> Sources(RtcpHeader packet)
    {
        var sources = new List<uint>();
        foreach (RtcpReportBlock block in new RtcpReportBlocks(packet))
        {
            sources.Add(block.Ssrc.Value);
        }

        return sources;
    }

    private static void Walk(byte[] datagram)
    {
        foreach (RtcpHeader packet in new RtcpCompound(datagram))
        {
            if (SenderReport.TryParse(packet, out SenderReport report))
            {
                _ = report.OctetCount;
            }

            foreach (RtcpReportBlock block in new RtcpReportBlocks(packet))
            {
                _ = block.DelaySinceLastSenderReport;
                _ = block.CumulativeLost;
            }
        }
    }
}
