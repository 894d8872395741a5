using FsCheck;
using FsCheck.Fluent;

namespace RtpProxy.Rtp.Tests;

public sealed class RtpPacketTests
{
    private static readonly byte[] WithEverything =
    [
        0xb1, 0x88, 0x12, 0x34, 0x01, 0x02, 0x03, 0x04, 0xde, 0xad, 0xbe, 0xef, // P X CC=1, M, PCMA
        0x00, 0x00, 0x00, 0x07, // CSRC
        0xbe, 0xde, 0x00, 0x01, 0x10, 0xff, 0x00, 0x00, // extension of one word
        0x55, 0x56, 0x57, // payload
        0x00, 0x00, 0x03, // padding
    ];

    [Fact]
    public void Every_field_of_a_packet_with_csrc_extension_and_padding_is_seen()
    {
        RtpPacket.TryParse(WithEverything, out RtpPacket packet).ShouldBe(RtpParseError.None);

        packet.Marker.ShouldBeTrue();
        packet.PayloadType.ShouldBe(PayloadType.Pcma);
        packet.Sequence.ShouldBe(new SequenceNumber(0x1234));
        packet.Timestamp.ShouldBe(new RtpTimestamp(0x01020304));
        packet.Ssrc.ShouldBe(new Ssrc(0xdeadbeef));
        packet.HeaderLength.ShouldBe(24);
        packet.Payload.ToArray().ShouldBe([0x55, 0x56, 0x57]);
        packet.SampleCount.ShouldBe(3);
        packet.Datagram.Length.ShouldBe(WithEverything.Length);
    }

    [Fact]
    public void Every_prefix_is_either_refused_or_has_its_lengths_within_the_bytes()
    {
        for (int length = 0; length < WithEverything.Length; length++)
        {
            AssertConsistent(WithEverything.AsSpan(0, length));
        }
    }

    [Fact]
    public void Every_flipped_bit_is_either_refused_or_has_its_lengths_within_the_bytes()
    {
        for (int bit = 0; bit < WithEverything.Length * 8; bit++)
        {
            byte[] bytes = [.. WithEverything];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertConsistent(bytes);
        }
    }

    [Fact]
    public void No_bytes_make_the_parser_throw()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            AssertConsistent(bytes);
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("", RtpParseError.TooShort)]
    [InlineData("8000000000000000000000", RtpParseError.TooShort)]
    [InlineData("400000000000000000000000", RtpParseError.WrongVersion)]
    [InlineData("c00000000000000000000000", RtpParseError.WrongVersion)]
    [InlineData("800000000000000000000000", RtpParseError.None)]
    [InlineData("810000000000000000000000", RtpParseError.CsrcListTruncated)]
    [InlineData("81000000000000000000000000000001", RtpParseError.None)]
    [InlineData("8f0000000000000000000000ffffffff", RtpParseError.CsrcListTruncated)]
    [InlineData("900000000000000000000000", RtpParseError.ExtensionTruncated)]
    [InlineData("900000000000000000000000beefff", RtpParseError.ExtensionTruncated)]
    [InlineData("900000000000000000000000bede0000", RtpParseError.None)]
    [InlineData("900000000000000000000000bede0001", RtpParseError.ExtensionTruncated)]
    [InlineData("900000000000000000000000bedeffff00000000", RtpParseError.ExtensionTruncated)]
    [InlineData("a00000000000000000000000", RtpParseError.PaddingMissing)]
    [InlineData("a0000000000000000000000000", RtpParseError.PaddingIsZero)]
    [InlineData("a0000000000000000000000001", RtpParseError.None)]
    [InlineData("a0000000000000000000000002", RtpParseError.PaddingTooLong)]
    public void What_is_wrong_with_a_packet_is_named(string hex, RtpParseError expected)
    {
        RtpPacket.TryParseKnownRtp(Convert.FromHexString(hex), out _).ShouldBe(expected);
    }

    [Theory]
    [InlineData(199, RtpParseError.None)]
    [InlineData(200, RtpParseError.LooksLikeRtcp)]
    [InlineData(213, RtpParseError.LooksLikeRtcp)]
    [InlineData(214, RtpParseError.None)]
    public void What_looks_like_rtcp_is_not_rtp_where_both_share_a_port(byte second, RtpParseError expected)
    {
        byte[] bytes = RtpPacketBuilder.Build(1, 1, 1);
        bytes[1] = second;

        RtpPacket.TryParse(bytes, out _).ShouldBe(expected);
        RtpPacket.TryParseKnownRtp(bytes, out _).ShouldBe(RtpParseError.None);
    }

    [Fact]
    public void A_short_rtcp_packet_is_told_from_a_short_rtp_packet()
    {
        RtpPacket.TryParse([0x80, 200], out _).ShouldBe(RtpParseError.LooksLikeRtcp);
        RtpPacket.TryParse([0x80, 0], out _).ShouldBe(RtpParseError.TooShort);
        RtpPacket.TryParse([0x80], out _).ShouldBe(RtpParseError.TooShort);
    }

    [Fact]
    public void A_written_header_is_read_back_as_it_was_written()
    {
        Prop.ForAll<(byte Type, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc)>(fields =>
        {
            Span<byte> bytes = stackalloc byte[RtpPacket.FixedHeaderLength];
            PayloadType type = new((byte)(fields.Type & 0x7f));
            RtpHeaderWriter.Write(
                bytes,
                type,
                fields.Marker,
                new SequenceNumber(fields.Sequence),
                new RtpTimestamp(fields.Timestamp),
                new Ssrc(fields.Ssrc));
            return RtpPacket.TryParseKnownRtp(bytes, out RtpPacket packet) == RtpParseError.None
                && packet.PayloadType == type
                && packet.Marker == fields.Marker
                && packet.Sequence.Value == fields.Sequence
                && packet.Timestamp.Value == fields.Timestamp
                && packet.Ssrc.Value == fields.Ssrc
                && packet.HeaderLength == RtpPacket.FixedHeaderLength
                && packet.Payload.IsEmpty;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Renumbering_changes_the_place_in_the_stream_and_nothing_else()
    {
        byte[] bytes = [.. WithEverything];

        RtpHeaderWriter.Renumber(bytes, marker: false, new SequenceNumber(7), new RtpTimestamp(9));

        RtpPacket.TryParse(bytes, out RtpPacket packet).ShouldBe(RtpParseError.None);
        packet.Marker.ShouldBeFalse();
        packet.Sequence.Value.ShouldBe((ushort)7);
        packet.Timestamp.Value.ShouldBe(9u);
        packet.PayloadType.ShouldBe(PayloadType.Pcma);
        bytes.AsSpan(8).SequenceEqual(WithEverything.AsSpan(8)).ShouldBeTrue();
        bytes[0].ShouldBe(WithEverything[0]);
    }

    internal static void AssertConsistent(ReadOnlySpan<byte> bytes)
    {
        if (RtpPacket.TryParseKnownRtp(bytes, out RtpPacket packet) == RtpParseError.None)
        {
            packet.HeaderLength.ShouldBeInRange(RtpPacket.FixedHeaderLength, bytes.Length);
            packet.Payload.Length.ShouldBeInRange(0, bytes.Length - packet.HeaderLength);
            packet.SampleCount.ShouldBeGreaterThanOrEqualTo(RtpPacket.UnknownSampleCount);
        }
    }
}
