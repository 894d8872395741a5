using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Rtp.Rtcp;

namespace RtpProxy.Rtp.Tests;

public sealed class RtcpCompoundTests
{
    // A receiver report without blocks, then a source description with one empty chunk, then a BYE without sources.
    private static readonly byte[] Compound = Convert.FromHexString(
        "80c9000111223344" + "81ca00021122334400000000" + "80cb0000");

    [Fact]
    public void The_packets_of_a_compound_come_in_order()
    {
        List<(RtcpPacketType, int, uint?)> seen = [];
        RtcpCompound walk = new(Compound);
        while (walk.MoveNext())
        {
            seen.Add((walk.Current.PacketType, walk.Current.Length, walk.Current.SenderSsrc?.Value));
        }

        seen.ShouldBe(
        [
            (RtcpPacketType.ReceiverReport, 8, 0x11223344u),
            (RtcpPacketType.SourceDescription, 12, 0x11223344u),
            (RtcpPacketType.Goodbye, 4, null),
        ]);
        walk.Error.ShouldBe(RtcpParseError.None);
        walk.Offset.ShouldBe(Compound.Length);
    }

    [Theory]
    [InlineData("80c900", RtcpParseError.TooShort)]
    [InlineData("40c9000011223344", RtcpParseError.WrongVersion)]
    [InlineData("80c70000", RtcpParseError.UnknownPacketType)]
    [InlineData("80d60000", RtcpParseError.UnknownPacketType)]
    [InlineData("80c90001", RtcpParseError.LengthPastEnd)]
    [InlineData("80c9ffff11223344", RtcpParseError.LengthPastEnd)]
    public void What_is_wrong_with_a_packet_is_named_after_what_was_readable(string hex, RtcpParseError expected)
    {
        byte[] bytes = [.. Compound, .. Convert.FromHexString(hex)];
        int packets = 0;
        RtcpCompound walk = new(bytes);
        while (walk.MoveNext())
        {
            packets++;
        }

        packets.ShouldBe(3);
        walk.Error.ShouldBe(expected);
        walk.Offset.ShouldBe(Compound.Length);
    }

    [Fact]
    public void No_bytes_make_the_walk_throw_or_run_for_long()
    {
        Prop.ForAll<byte[]>(bytes => CountSteps(bytes) <= bytes.Length / 4).QuickCheckThrowOnFailure();

        for (int bit = 0; bit < Compound.Length * 8; bit++)
        {
            byte[] bytes = [.. Compound];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            CountSteps(bytes).ShouldBeLessThanOrEqualTo(bytes.Length / 4);
        }
    }

    internal static int CountSteps(ReadOnlySpan<byte> bytes)
    {
        int steps = 0;
        int length = 0;
        foreach (RtcpHeader header in new RtcpCompound(bytes))
        {
            _ = header.SenderSsrc;
            steps++;
            length += header.Length;
        }

        length.ShouldBeLessThanOrEqualTo(bytes.Length);
        return steps;
    }
}
