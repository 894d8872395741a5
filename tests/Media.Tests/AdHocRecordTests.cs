using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Media.Recording;
using RtpProxy.Rtp;
using static RtpProxy.Media.Tests.RecordingFixture;

namespace RtpProxy.Media.Tests;

public sealed class AdHocRecordTests
{
    [Fact]
    public void An_IPv4_record_has_the_bytes_that_the_original_wrote()
    {
        byte[] record = AdHoc(Alice, Wall, Packet(32));

        Convert.ToHexStringLower(record.AsSpan(0, 30)).ShouldBe(
            "0200d30d7f000001" + "000000000000000000000000" + "96edbfd433c0da41" + "2000");
        record.AsSpan(30).ToArray().ShouldBe(Packet(32));
    }

    [Fact]
    public void An_IPv6_record_begins_as_the_original_wrote_it()
    {
        byte[] record = AdHoc(AliceV6, Wall, Packet(12));

        Convert.ToHexStringLower(record.AsSpan(0, 20)).ShouldBe("0a00a5e6" + "20010db8000000000000000000000001");
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Prop.ForAll<(byte[] Packet, bool IsIPv6, ushort Port, uint Address, uint Wall)>(one =>
        {
            Span<byte> address = stackalloc byte[16];
            BinaryPrimitives.WriteUInt32LittleEndian(address[3..], one.Address);
            Endpoint source = one.IsIPv6
                ? Endpoint.FromIPv6(address, one.Port)
                : Endpoint.FromIPv4(one.Address, one.Port);
            byte[] file = AdHoc(source, one.Wall * 1_000L, one.Packet);

            Reading reading = Read(file);

            return reading is { Format: RecordingFormat.AdHoc, Fault: null, Packets: [var seen] }
                && seen == new Seen(Convert.ToHexString(one.Packet), source, default, one.Wall / 1e3, 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_largest_packet_fits_and_one_byte_more_is_refused()
    {
        byte[] file = AdHoc(Alice, Wall, Packet(65_535));
        Read(file).Packets.Count.ShouldBe(1);

        Should.Throw<ArgumentOutOfRangeException>(
            () => AdHocRecord.Write(new byte[70_000], Alice, Wall, new byte[65_536]));
    }

    [Fact]
    public void An_unknown_source_is_written_as_no_family_and_read_as_unknown()
    {
        byte[] file = AdHoc(default, Wall, Packet(12));

        file.AsSpan(0, 20).IndexOfAnyExcept((byte)0).ShouldBe(-1);
        Read(file).Packets[0].Source.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void Every_prefix_delivers_its_whole_records_and_names_the_offset_of_the_cut_one()
    {
        byte[] first = AdHoc(Alice, Wall, Packet(20));
        byte[] file = [.. first, .. AdHoc(AliceV6, Wall + 1, Packet(25))];
        Reading whole = Read(file);
        whole.Packets.Count.ShouldBe(2);

        for (int length = 0; length < file.Length; length++)
        {
            Reading reading = Read(file[..length]);
            bool pastFirst = length >= first.Length;
            int start = pastFirst ? first.Length : 0;
            int inRecord = length - start;
            int recordLength = pastFirst ? 55 : 50;

            reading.Packets.ShouldBe(whole.Packets.Take(pastFirst ? 1 : 0));
            RecordingFault? expected = (length, inRecord) switch
            {
                (0, _) => new RecordingFault(RecordingError.Empty, 0, 0),
                (_, 0) => null,
                (_, < 30) => new RecordingFault(RecordingError.AdHocHeaderTruncated, start, reading.Packets.Count),
                _ => new RecordingFault(
                    RecordingError.AdHocPacketTruncated, start, reading.Packets.Count, recordLength - inRecord),
            };
            reading.Fault.ShouldBe(expected, $"{length} bytes");
        }
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        byte[] packet = Packet(172);
        byte[] space = new byte[400];
        Allocations.ShouldBeNone(() =>
        {
            AdHocRecord.Write(space, Alice, Wall, packet);
            PcapRecord.Write(space, Alice, OurPort, Wall, 1, packet);
            PcapRecord.Write(space, AliceV6, OurPortV6, Wall, 1, packet);
        });
    }
}
