using System.Net;
using RtpProxy.Media.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.Media.Tests;

/// <summary>Recordings made with the writers, and what the reader says about bytes.</summary>
internal static class RecordingFixture
{
    public const long Wall = 1_795_215_186_998_876;

    public static readonly Endpoint Alice = Endpoint.From(IPAddress.Parse("127.0.0.1"), 54_029);
    public static readonly Endpoint OurPort = Endpoint.From(IPAddress.Parse("192.0.2.7"), 35_000);
    public static readonly Endpoint AliceV6 = Endpoint.From(IPAddress.Parse("2001:db8::1"), 42_470);
    public static readonly Endpoint OurPortV6 = Endpoint.From(IPAddress.Parse("::1"), 35_002);

    /// <summary>Equal only if every field is.</summary>
    public sealed record Seen(string Bytes, Endpoint Source, Endpoint Destination, double Arrival, long Offset);

    public sealed record Reading(RecordingFormat Format, IReadOnlyList<Seen> Packets, RecordingFault? Fault);

    public static byte[] Packet(int length)
    {
        byte[] packet = new byte[length];
        for (int i = 0; i < length; i++)
        {
            packet[i] = (byte)(i * 7);
        }

        packet[0] = 0x80;
        return packet;
    }

    public static byte[] AdHoc(in Endpoint source, long wall, ReadOnlySpan<byte> packet)
    {
        byte[] record = new byte[AdHocRecord.Length(packet.Length)];
        AdHocRecord.Write(record, source, wall, packet).ShouldBe(record.Length);
        return record;
    }

    public static byte[] Pcap(
        in Endpoint source,
        in Endpoint destination,
        long wall,
        ushort identification,
        ReadOnlySpan<byte> packet)
    {
        byte[] record = new byte[PcapRecord.Length(source, destination, packet.Length)];
        PcapRecord.Write(record, source, destination, wall, identification, packet).ShouldBe(record.Length);
        return record;
    }

    public static byte[] PcapHeader()
    {
        byte[] header = new byte[PcapRecord.FileHeaderLength];
        PcapRecord.WriteFileHeader(header).ShouldBe(header.Length);
        return header;
    }

    public static byte[] PcapFile() =>
    [
        .. PcapHeader(),
        .. Pcap(Alice, OurPort, Wall, 0, Packet(12)),
        .. Pcap(AliceV6, OurPortV6, Wall + 20_000, 1, Packet(173)),
        .. Pcap(OurPort, Alice, Wall + 40_001, 2, Packet(33)),
    ];

    public static Reading Read(byte[] file, int chunk = int.MaxValue)
    {
        using ChunkedStream stream = new(file, chunk);
        RecordingReader reader = new(stream);
        List<Seen> packets = [];
        while (reader.TryRead(out RecordedPacket packet))
        {
            packet.Bytes.SequenceEqual(file.AsSpan((int)packet.BytesOffset, packet.Bytes.Length)).ShouldBeTrue();
            packets.Add(new Seen(
                Convert.ToHexString(packet.Bytes),
                packet.Source,
                packet.Destination,
                packet.ArrivalSeconds,
                packet.RecordOffset));
        }

        reader.TryRead(out _).ShouldBeFalse();
        reader.Position.ShouldBeInRange(0, file.Length);
        if (reader.Fault is { } fault)
        {
            fault.PacketsRead.ShouldBe(packets.Count);
            fault.Offset.ShouldBeInRange(0, file.Length);
        }

        return new Reading(reader.Format, packets, reader.Fault);
    }
}
