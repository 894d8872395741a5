using RtpProxy.Media.Recording;
using RtpProxy.TestKit.Captures;
using static RtpProxy.Media.Tests.RecordingFixture;

namespace RtpProxy.Media.Tests;

/// <summary>Captures that other programs made.</summary>
public sealed class CaptureReadingTests
{
    private const long Time = 1_795_215_186_123_456_789;
    private const double Seconds = 1_795_215_186.123456789;

    private static readonly byte[] V4 = CaptureFrame.Packet(Alice, OurPort, Packet(172));
    private static readonly byte[] V6 = CaptureFrame.Packet(AliceV6, OurPortV6, Packet(172));

    public static TheoryData<string, uint> Dresses => [.. CaptureFrame.Dresses.Select(dress => (dress.Name, dress.LinkType))];

    [Theory]
    [MemberData(nameof(Dresses))]
    public void A_datagram_is_found_behind_every_kind_of_link(string dress, uint linkType)
    {
        foreach (bool bigEndian in (bool[])[false, true])
        {
            ShouldBeAlice(Read(CaptureFile.Pcap(linkType, [(Time, CaptureFrame.Dress(dress, V4))], bigEndian)));
            ShouldBeAlice(Read([
                .. CaptureFile.SectionHeader(bigEndian),
                .. CaptureFile.Interface(linkType, bigEndian: bigEndian),
                .. CaptureFile.EnhancedPacket(0, Time / 1_000, CaptureFrame.Dress(dress, V4), bigEndian),
            ]));
            if (linkType != 228)
            {
                Read(CaptureFile.Pcap(linkType, [(Time, CaptureFrame.Dress(dress, V6))], bigEndian))
                    .Packets.ShouldHaveSingleItem().Source.ShouldBe(AliceV6);
            }
        }
    }

    [Fact]
    public void Frames_of_an_IPv6_link_are_read() =>
        Read(CaptureFile.Pcap(229, [(Time, V6)])).Packets.ShouldHaveSingleItem().Source.ShouldBe(AliceV6);

    [Theory]
    [InlineData(false, false, false, 1e-6)]
    [InlineData(true, false, false, 1e-6)]
    [InlineData(false, true, false, 1e-9)]
    [InlineData(true, true, false, 1e-9)]
    [InlineData(false, false, true, 1e-6)]
    [InlineData(true, false, true, 1e-6)]
    public void Every_kind_of_pcap_file_is_read(bool bigEndian, bool nanoseconds, bool patched, double precision)
    {
        byte[] frame = CaptureFrame.Dress("ethernet", V4);

        Reading reading = Read(CaptureFile.Pcap(1, [(Time, frame), (Time + 20_000_000, frame)], bigEndian, nanoseconds, patched));

        reading.Format.ShouldBe(RecordingFormat.Pcap);
        reading.Fault.ShouldBeNull();
        reading.Packets.Count.ShouldBe(2);
        (reading.Packets[0].Arrival - Seconds).ShouldBe(0, precision + 3e-7);
        (reading.Packets[1].Arrival - reading.Packets[0].Arrival).ShouldBe(0.02, 1e-6);
    }

    [Theory]
    [InlineData(null, 1e6)]
    [InlineData((byte)6, 1e6)]
    [InlineData((byte)9, 1e9)]
    [InlineData((byte)3, 1e3)]
    [InlineData((byte)0, 1)]
    [InlineData((byte)(0x80 | 10), 1_024)]
    [InlineData((byte)(0x80 | 20), 1_048_576)]
    public void Times_are_counted_as_the_interface_says(byte? resolution, double unitsPerSecond)
    {
        const long Offset = 1_700_000_000;
        ulong time = (ulong)Math.Round(12_345.678 * unitsPerSecond);

        Reading reading = Read([
            .. CaptureFile.SectionHeader(),
            .. CaptureFile.Interface(1, resolution, Offset),
            .. CaptureFile.EnhancedPacket(0, time, CaptureFrame.Dress("ethernet", V4)),
        ]);

        reading.Packets.ShouldHaveSingleItem().Arrival.ShouldBe(Offset + 12_345.678, (0.5 / unitsPerSecond) + 1e-6);
    }

    [Fact]
    public void Each_packet_belongs_to_its_interface_and_each_section_has_its_own()
    {
        byte[] ethernet = CaptureFrame.Dress("vlan", V4);
        byte[] cooked = CaptureFrame.Dress("sll", V4);

        Reading reading = Read([
            .. CaptureFile.SectionHeader(),
            .. CaptureFile.Interface(1),
            .. CaptureFile.Interface(113, resolution: 9),
            .. CaptureFile.EnhancedPacket(1, 5_000_000_000, cooked),
            .. CaptureFile.EnhancedPacket(0, 6_000_000, ethernet),
            .. CaptureFile.SectionHeader(bigEndian: true),
            .. CaptureFile.Interface(101, resolution: 3, bigEndian: true),
            .. CaptureFile.ObsoletePacket(0, 7_000, V4, bigEndian: true),
        ]);

        reading.Fault.ShouldBeNull();
        reading.Format.ShouldBe(RecordingFormat.PcapNg);
        reading.Packets.Select(packet => packet.Arrival).ShouldBe([5.0, 6.0, 7.0]);
        reading.Packets.ShouldAllBe(packet => packet.Source == Alice && packet.Destination == OurPort);
    }

    [Fact]
    public void Simple_packets_have_no_time()
    {
        Reading reading = Read([
            .. CaptureFile.SectionHeader(),
            .. CaptureFile.Interface(1, snapLength: 0),
            .. CaptureFile.SimplePacket(CaptureFrame.Dress("ethernet", V4)),
        ]);

        reading.Packets.ShouldHaveSingleItem().Bytes.ShouldBe(Convert.ToHexString(Packet(172)));
        reading.Packets[0].Arrival.ShouldBe(double.NaN);
    }

    [Fact]
    public void Blocks_that_are_not_known_are_passed_over_however_long()
    {
        Reading reading = Read([
            .. CaptureFile.SectionHeader(),
            .. CaptureFile.Block(0x80000001, new NumberWriter(false).Bytes(new byte[1_000_000])),
            .. CaptureFile.Interface(1),
            .. CaptureFile.Block(4, new NumberWriter(false).U4(0)), // name resolution
            .. CaptureFile.Block(5, new NumberWriter(false).U4(0).U8(0)), // interface statistics
            .. CaptureFile.EnhancedPacket(0, 1, CaptureFrame.Dress("ethernet", V4)),
            .. CaptureFile.Block(0x0bad, new NumberWriter(false)),
        ]);

        reading.Fault.ShouldBeNull();
        reading.Packets.Count.ShouldBe(1);
    }

    [Fact]
    public void Interfaces_of_unknown_links_are_passed_over_beside_others_and_named_when_they_are_all_there_is()
    {
        byte[] start = [.. CaptureFile.SectionHeader(), .. CaptureFile.Interface(105)];
        byte[] unknown = CaptureFile.EnhancedPacket(0, 1, new byte[80]);

        Read([.. start, .. unknown]).Fault.ToString().ShouldStartWith("unsupported data-link type in the PCAP: 105");
        Reading both = Read([
            .. start, .. CaptureFile.Interface(101), .. unknown, .. CaptureFile.EnhancedPacket(1, 1, V4),
        ]);
        both.Fault.ShouldBeNull();
        both.Packets.Count.ShouldBe(1);
    }

    [Fact]
    public void UDP_is_found_behind_the_extension_headers_of_IPv6()
    {
        byte[] packet = CaptureFrame.WithExtensionHeaders(
            V6,
            (0, [0, 1, 4, 0, 0, 0, 0]),
            (60, [1, .. new byte[14]]),
            (43, [0, 0, 0, 0, 0, 0, 0]),
            (51, [4, .. new byte[22]]),
            (44, [0, 0, 0, 0, 0, 0, 9])); // the only fragment

        ShouldBe(Read(CaptureFile.Pcap(101, [(Time, packet)])), AliceV6);
    }

    [Fact]
    public void Fragments_are_passed_over()
    {
        byte[] first = CaptureFrame.WithExtensionHeaders(V6, (44, [0, 0, 1, 0, 0, 0, 9]));
        byte[] second = CaptureFrame.WithExtensionHeaders(V6, (44, [0, 1, 0, 0, 0, 0, 9]));
        byte[] v4 = [.. V4];
        v4[6] |= 0x20;

        Reading reading = Read(CaptureFile.Pcap(101, [(Time, first), (Time, second), (Time, v4), (Time, V4)]));

        reading.Fault.ShouldBeNull();
        reading.Packets.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_prefix_of_a_pcapng_file_delivers_its_whole_blocks_and_then_a_fault()
    {
        byte[] file = Mixed(bigEndian: true);
        Reading whole = Read(file);
        whole.Fault.ShouldBeNull();
        whole.Packets.Count.ShouldBe(3);
        for (int length = 4; length < file.Length; length++)
        {
            Reading reading = Read(file[..length]);
            reading.Packets.Select(packet => packet.Offset)
                .ShouldBe(whole.Packets.Take(reading.Packets.Count).Select(packet => packet.Offset));
        }
    }

    [Theory]
    [InlineData(4, 0u)] // of the section
    [InlineData(4, 13u)]
    [InlineData(4, 0xffff_fffcu)]
    [InlineData(8, 0x11223344u)]
    public void Lengths_that_are_none_are_a_fault(int offset, uint value)
    {
        byte[] file = Mixed(bigEndian: false);
        BitConverter.TryWriteBytes(file.AsSpan(offset), value);

        Read(file).Fault.ShouldNotBeNull().Offset.ShouldBe(0);
    }

    /// <summary>A file with a block of every kind.</summary>
    public static byte[] Mixed(bool bigEndian) =>
    [
        .. CaptureFile.SectionHeader(bigEndian),
        .. CaptureFile.Interface(1, resolution: 9, offsetSeconds: 5, bigEndian: bigEndian),
        .. CaptureFile.EnhancedPacket(0, 1_000, CaptureFrame.Dress("qinq", V4), bigEndian),
        .. CaptureFile.Block(4, new NumberWriter(bigEndian).U4(0)),
        .. CaptureFile.ObsoletePacket(0, 2_000, CaptureFrame.Dress("vlan", V6), bigEndian),
        .. CaptureFile.SimplePacket(CaptureFrame.Dress("ethernet", V4), bigEndian),
    ];

    private static void ShouldBeAlice(Reading reading) => ShouldBe(reading, Alice);

    private static void ShouldBe(Reading reading, in Rtp.Endpoint source)
    {
        reading.Fault.ShouldBeNull();
        Seen packet = reading.Packets.ShouldHaveSingleItem();
        packet.Bytes.ShouldBe(Convert.ToHexString(Packet(172)));
        packet.Source.ShouldBe(source);
        packet.Arrival.ShouldBe(Seconds, 2e-6);
    }
}
