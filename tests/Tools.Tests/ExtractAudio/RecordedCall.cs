using System.Net;
using RtpProxy.Media.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>The packets of one side of a call, to be written as a recording.</summary>
public sealed class RecordedCall
{
    /// <summary>Whole number of seconds at which recordings begin here.</summary>
    public const double Start = 1_000;

    private static readonly Endpoint Source = Endpoint.From(IPAddress.Parse("192.0.2.1"), 5_004);
    private static readonly Endpoint Local = Endpoint.From(IPAddress.Parse("192.0.2.2"), 35_000);
    private static readonly Endpoint SourceV6 = Endpoint.From(IPAddress.Parse("2001:db8::1"), 5_004);
    private static readonly Endpoint LocalV6 = Endpoint.From(IPAddress.Parse("2001:db8::2"), 35_000);

    private readonly List<(double Arrival, byte[] Packet)> _packets = [];

    public IReadOnlyList<(double Arrival, byte[] Packet)> Packets => _packets;

    public RecordedCall Add(
        double arrival,
        int sequence,
        long timestamp,
        byte[] payload,
        int payloadType = 0,
        uint ssrc = 0x11223344,
        bool marker = false)
    {
        byte[] packet = new byte[RtpPacket.FixedHeaderLength + payload.Length];
        RtpHeaderWriter.Write(
            packet,
            new PayloadType((byte)payloadType),
            marker,
            new SequenceNumber((ushort)sequence),
            new RtpTimestamp((uint)timestamp),
            new Ssrc(ssrc));
        payload.CopyTo(packet, RtpPacket.FixedHeaderLength);
        return AddRaw(arrival, packet);
    }

    public RecordedCall AddRaw(double arrival, byte[] packet)
    {
        _packets.Add((arrival, packet));
        return this;
    }

    /// <summary>Frames of 20 ms, on time.</summary>
    public RecordedCall AddStream(
        byte[] frames,
        int frameBytes,
        int payloadType,
        uint ssrc = 0x11223344,
        double start = Start,
        int firstSequence = 100,
        long firstTimestamp = 5_000)
    {
        int index = 0;
        foreach (byte[] frame in frames.Chunk(frameBytes))
        {
            Add(
                start + (index * 0.020),
                firstSequence + index,
                firstTimestamp + (index * 160L),
                frame,
                payloadType,
                ssrc);
            index++;
        }

        return this;
    }

    public byte[] ToAdHoc()
    {
        using MemoryStream file = new();
        foreach ((double arrival, byte[] packet) in _packets)
        {
            byte[] record = new byte[AdHocRecord.Length(packet.Length)];
            AdHocRecord.Write(record, Source, 0, packet);
            BitConverter.TryWriteBytes(record.AsSpan(20), arrival); // as it is, even if it is no time at all
            file.Write(record);
        }

        return file.ToArray();
    }

    public byte[] ToPcap(bool isIPv6 = false)
    {
        using MemoryStream file = new();
        byte[] header = new byte[PcapRecord.FileHeaderLength];
        PcapRecord.WriteFileHeader(header);
        file.Write(header);
        ushort identification = 0;
        foreach ((double arrival, byte[] packet) in _packets)
        {
            (Endpoint from, Endpoint to) = isIPv6 ? (SourceV6, LocalV6) : (Source, Local);
            byte[] record = new byte[PcapRecord.Length(from, to, packet.Length)];
            PcapRecord.Write(record, from, to, (long)Math.Round(arrival * 1e6), identification++, packet);
            file.Write(record);
        }

        return file.ToArray();
    }
}
