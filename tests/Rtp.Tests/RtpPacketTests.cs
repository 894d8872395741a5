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

    [Fact]
    public void Whatever_follows_a_sound_start_is_read_to_the_letter()
    {
        Gen<byte> small = Gen.Choose(0, 8).Select(i => (byte)i); // lengths that may fit
        Gen<byte> any = Gen.Choose(0, 255).Select(i => (byte)i);
        Gen<byte[]> packets =
            from bits in Gen.Choose(0, 63)
            from fixedHeader in any.ArrayOf(11)
            from rest in Gen.Frequency((3, small), (1, any)).ArrayOf()
            select (byte[])[(byte)(0x80 | bits), .. fixedHeader, .. rest];

        Prop.ForAll(packets.ToArbitrary(), bytes => AssertConsistent(bytes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
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

    /// <summary>Parses twice, by the parser and by the letter of RFC 3550, and compares.</summary>
    internal static void AssertConsistent(ReadOnlySpan<byte> bytes)
    {
        (int Header, int Payload)? expected = ReadLiterally(bytes);
        RtpParseError error = RtpPacket.TryParseKnownRtp(bytes, out RtpPacket packet);
        (error == RtpParseError.None).ShouldBe(expected is not null);
        if (expected is { } lengths)
        {
            packet.HeaderLength.ShouldBe(lengths.Header);
            packet.Payload.Length.ShouldBe(lengths.Payload);
            packet.Payload.SequenceEqual(bytes.Slice(lengths.Header, lengths.Payload)).ShouldBeTrue();
            packet.SampleCount.ShouldBeGreaterThanOrEqualTo(RtpPacket.UnknownSampleCount);
        }
    }

    /// <summary>Takes the packet apart field by field from the front, then the padding from the back.</summary>
    private static (int Header, int Payload)? ReadLiterally(ReadOnlySpan<byte> bytes)
    {
        Queue<byte> rest = new(bytes.ToArray());
        if (rest.Count < 12)
        {
            return null;
        }

        byte first = rest.Peek();
        int toSkip = 12 + ((first & 0b0000_1111) * 4);
        if ((first & 0b1100_0000) != 0b1000_0000 || !TrySkip(rest, toSkip))
        {
            return null;
        }

        if ((first & 0b0001_0000) != 0)
        {
            if (rest.Count < 4)
            {
                return null;
            }

            TrySkip(rest, 2);
            int words = (rest.Dequeue() * 256) + rest.Dequeue();
            if (!TrySkip(rest, words * 4))
            {
                return null;
            }
        }

        int header = bytes.Length - rest.Count;
        if ((first & 0b0010_0000) == 0)
        {
            return (header, rest.Count);
        }

        return rest.Count > 0 && bytes[^1] is var padding && padding >= 1 && padding <= rest.Count
            ? (header, rest.Count - padding)
            : null;
    }

    private static bool TrySkip(Queue<byte> bytes, int count)
    {
        for (; count > 0; count--)
        {
            if (!bytes.TryDequeue(out _))
            {
                return false;
            }
        }

        return true;
    }
}
