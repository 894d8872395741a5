using System.Buffers.Binary;
using RtpProxy.Media.Recording;
using static RtpProxy.Media.Tests.RecordingFixture;

namespace RtpProxy.Media.Tests;

public sealed class PcapReadingTests
{
    [Fact]
    public void Every_prefix_delivers_its_whole_records_and_names_the_offset_of_the_cut_one()
    {
        byte[] file = PcapFile();
        Reading whole = Read(file);
        int[] starts = [.. whole.Packets.Select(packet => (int)packet.Offset), file.Length];

        for (int length = 4; length < file.Length; length++)
        {
            Reading reading = Read(file[..length]);
            int packets = starts.Skip(1).Count(end => end <= length);
            reading.Packets.ShouldBe(whole.Packets.Take(packets));
            RecordingFault? expected = length < 24
                ? new RecordingFault(RecordingError.PcapFileHeaderTruncated, 0, 0)
                : starts.Contains(length)
                    ? null
                    : new RecordingFault(RecordingError.PcapRecordTruncated, starts[packets], packets);
            reading.Fault.ShouldBe(expected, $"{length} bytes");
        }
    }

    [Theory]
    [InlineData(4, 3, "unsupported version of the PCAP: 3.4 (at byte offset 0)")]
    [InlineData(6, 3, "unsupported version of the PCAP: 2.3 (at byte offset 0)")]
    [InlineData(20, 105, "unsupported data-link type in the PCAP: 105 (at byte offset 0)")]
    public void A_header_that_is_not_supported_is_named(int offset, byte value, string message)
    {
        byte[] file = PcapFile();
        file[offset] = value;

        Read(file).Fault.ShouldNotBeNull().ToString().ShouldBe(message);
    }

    [Fact]
    public void A_frame_that_ends_within_its_headers_is_a_fault_with_its_offset()
    {
        for (int length = 0; length < 42; length++)
        {
            byte[] cut = Pcap(Alice, OurPort, Wall, 1, Packet(12))[..(16 + length)];
            BinaryPrimitives.WriteInt32LittleEndian(cut.AsSpan(8), length);
            byte[] file = [.. PcapHeader(), .. Pcap(Alice, OurPort, Wall, 0, Packet(12)), .. cut];

            RecordingFault fault = Read(file).Fault.ShouldNotBeNull();

            fault.ShouldBe(new RecordingFault(RecordingError.PcapFrameTooShort, 24 + 70, 1));
            fault.ToString().ShouldBe("broken or truncated PCAP file (at byte offset 94)");
        }
    }

    [Fact]
    public void A_record_of_impossible_length_is_a_fault_and_takes_no_memory()
    {
        byte[] file = PcapFile();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24 + 8), uint.MaxValue);

        Read(file).Fault.ShouldBe(new RecordingFault(RecordingError.PcapRecordTooLong, 24, 0, uint.MaxValue));
    }

    [Fact]
    public void Other_traffic_in_a_capture_is_passed_over()
    {
        byte[] arp = Pcap(Alice, OurPort, Wall, 1, Packet(12));
        arp[16 + 13] = 0x06;
        byte[] tcp = Pcap(Alice, OurPort, Wall, 1, Packet(12));
        tcp[16 + 14 + 9] = 6;
        byte[] fragment = Pcap(Alice, OurPort, Wall, 1, Packet(12));
        fragment[16 + 14 + 6] = 0x20;
        byte[] icmp6 = Pcap(AliceV6, OurPortV6, Wall, 1, Packet(12));
        icmp6[16 + 14 + 6] = 58;

        Reading reading = Read(
            [.. PcapHeader(), .. arp, .. tcp, .. fragment, .. icmp6, .. Pcap(Alice, OurPort, Wall, 2, Packet(20))]);

        reading.Fault.ShouldBeNull();
        reading.Packets.Single().Bytes.ShouldBe(Convert.ToHexString(Packet(20)));
    }

    [Fact]
    public void Padding_of_a_short_Ethernet_frame_is_not_part_of_the_packet()
    {
        byte[] record = [.. Pcap(Alice, OurPort, Wall, 1, Packet(12)), .. new byte[6]];
        record[8] += 6;

        Read([.. PcapHeader(), .. record]).Packets.Single().Bytes.ShouldBe(Convert.ToHexString(Packet(12)));
    }

    [Fact]
    public void Options_of_an_IPv4_header_are_passed_over()
    {
        byte[] plain = Pcap(Alice, OurPort, Wall, 1, Packet(12));
        byte[] record = [.. plain[..50], 1, 1, 1, 1, .. plain[50..]];
        record[8] += 4;
        record[30] = 0x46;

        Read([.. PcapHeader(), .. record]).Packets.Single().Bytes.ShouldBe(Convert.ToHexString(Packet(12)));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    [InlineData(24, true)]
    [InlineData(30, true)]
    public void Frames_of_the_BSD_loopback_are_read(int family, bool isIPv6)
    {
        byte[] header = PcapHeader();
        header[20] = 0;
        byte[] record = isIPv6
            ? Pcap(AliceV6, OurPortV6, Wall, 1, Packet(12))
            : Pcap(Alice, OurPort, Wall, 1, Packet(12));
        record[8] -= 10;

        Reading reading = Read([.. header, .. record[..16], (byte)family, 0, 0, 0, .. record[30..]]);

        reading.Packets.Single().Bytes.ShouldBe(Convert.ToHexString(Packet(12)));
        reading.Packets.Single().Source.ShouldBe(isIPv6 ? AliceV6 : Alice);
    }

    [Fact]
    public void Reading_a_long_file_takes_bounded_memory()
    {
        byte[] record = Pcap(Alice, OurPort, Wall, 0, Packet(172));
        byte[] file = [.. PcapHeader(), .. Enumerable.Repeat(record, 50_000).SelectMany(bytes => bytes)];
        using MemoryStream stream = new(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RecordingReader reader = new(stream);
        int packets = 0;
        while (reader.TryRead(out _))
        {
            packets++;
        }

        packets.ShouldBe(50_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
    }
}
