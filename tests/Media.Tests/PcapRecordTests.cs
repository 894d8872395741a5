using RtpProxy.Media.Recording;
using static RtpProxy.Media.Tests.RecordingFixture;

namespace RtpProxy.Media.Tests;

public sealed class PcapRecordTests
{
    [Fact]
    public void The_file_header_says_version_2_4_and_Ethernet()
    {
        Convert.ToHexStringLower(PcapHeader()).ShouldBe("d4c3b2a1" + "02000400" + "00000000" + "00000000" + "ffff0000" + "01000000");
    }

    [Fact]
    public void An_IPv4_record_has_the_bytes_of_the_layout()
    {
        byte[] packet = [0x80, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];

        byte[] record = Pcap(Alice, OurPort, Wall, 0x0102, packet);

        record.Length.ShouldBe(58 + packet.Length);
        Convert.ToHexStringLower(record).ShouldBe(
            "52cf006b" + "dc3d0f00" + "36000000" + "36000000" // seconds, microseconds, two lengths
            + "0000c0000207" + "00007f000001" + "0800"
            + "45000028" + "01020000" + "7f11f9ba" + "7f000001" + "c0000207"
            + "d30d88b8" + "0014e2f0"
            + Convert.ToHexStringLower(packet));
    }

    [Fact]
    public void An_IPv6_record_has_folded_hardware_addresses_and_a_checksum()
    {
        byte[] packet = [0x80, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];

        byte[] record = Pcap(AliceV6, OurPortV6, Wall, 0, packet);

        record.Length.ShouldBe(78 + packet.Length);
        string hex = Convert.ToHexStringLower(record.AsSpan(16));
        // ::1 has its only one in byte 15, and 15 mod 6 is 3.
        hex[..28].ShouldBe("000000010000" + "20010db90000" + "86dd");
        hex[28..108].ShouldBe("60000000" + "0014" + "11" + "40"
            + "20010db8000000000000000000000001" + "00000000000000000000000000000001");
    }

    [Fact]
    public void Addresses_of_both_families_make_an_IPv6_record_with_a_mapped_address()
    {
        Reading reading = Read([.. PcapHeader(), .. Pcap(Alice, OurPortV6, Wall, 0, Packet(12))]);

        reading.Packets[0].Source.ToString().ShouldBe("[::ffff:127.0.0.1]:54029");
        reading.Packets[0].Destination.ShouldBe(OurPortV6);
    }

    [Fact]
    public void An_unknown_destination_is_written_as_zeros()
    {
        Reading reading = Read([.. PcapHeader(), .. Pcap(Alice, default, Wall, 0, Packet(12))]);

        reading.Packets[0].Destination.ToString().ShouldBe("0.0.0.0:0");
    }

    [Fact]
    public void The_largest_datagram_fits_and_one_byte_more_is_refused()
    {
        byte[] file = [.. PcapHeader(), .. Pcap(Alice, OurPort, Wall, 0, Packet(65_507))];
        Read(file).Packets.Count.ShouldBe(1);

        Should.Throw<ArgumentOutOfRangeException>(
            () => PcapRecord.Write(new byte[70_000], Alice, OurPort, Wall, 0, new byte[65_508]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(1_371)]
    public void Checksums_add_up_as_a_receiver_checks_them(int length)
    {
        Random random = new(length);
        byte[] packet = new byte[length];
        for (int i = 0; i < 50; i++)
        {
            random.NextBytes(packet);
            byte[] v4 = Pcap(Alice, OurPort, Wall, (ushort)i, packet)[30..];
            Sum(v4.AsSpan(0, 20)).ShouldBe(0xffffu);
            Sum([.. v4[12..20], 0, 17, .. v4[24..26], .. v4[20..]]).ShouldBe(0xffffu);

            byte[] v6 = Pcap(AliceV6, OurPortV6, Wall, (ushort)i, packet)[30..];
            Sum([.. v6[8..40], 0, 17, .. v6[44..46], .. v6[40..]]).ShouldBe(0xffffu);
        }
    }

    [Fact]
    public void A_checksum_of_zero_is_written_as_all_ones()
    {
        // Two bytes that make the sum come out as zero, found by trying them all.
        byte[] packet = new byte[2];
        for (int i = 0; i <= ushort.MaxValue; i++)
        {
            packet[0] = (byte)(i >> 8);
            packet[1] = (byte)i;
            byte[] record = Pcap(Alice, OurPort, Wall, 0, packet);
            (record[56] | record[57]).ShouldNotBe(0);
        }
    }

    [Fact]
    public void What_is_written_is_read_back_however_the_stream_delivers_it()
    {
        byte[] file = PcapFile();
        Seen[] expected =
        [
            new(Convert.ToHexString(Packet(12)), Alice, OurPort, Wall / 1e6, 24),
            new(Convert.ToHexString(Packet(173)), AliceV6, OurPortV6, (Wall + 20_000) / 1e6, 24 + 70),
            new(Convert.ToHexString(Packet(33)), OurPort, Alice, (Wall + 40_001) / 1e6, 24 + 70 + 251),
        ];

        foreach (int chunk in (int[])[1, 7, 100, int.MaxValue])
        {
            Reading reading = Read(file, chunk);
            reading.Format.ShouldBe(RecordingFormat.Pcap);
            reading.Fault.ShouldBeNull();
            reading.Packets.ShouldBe(expected);
        }
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            sum += (uint)bytes[i] << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return sum;
    }
}
