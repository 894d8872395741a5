using System.Buffers.Binary;
using RtpProxy.Relay;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.TestKit.Operations;

/// <summary>The packets of one stream, one after another in one buffer: PCMU, 20 ms.</summary>
internal sealed class PacketSeries(uint ssrc = 7)
{
    private const int SamplesPerPacket = 160;

    private readonly byte[] _buffer = RoomyDatagrams.BufferOf(RtpBytes.Rtp(0, ssrc));
    private ushort _sequence;
    private uint _timestamp;

    private Span<byte> Packet => _buffer.AsSpan()[Datagram.RoomBefore..^Datagram.RoomAfter];

    /// <summary>The next packet; valid until the one after it is asked for.</summary>
    public Span<byte> Next()
    {
        Span<byte> packet = Packet;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], ++_sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], _timestamp += SamplesPerPacket);
        return packet;
    }

    /// <summary>The same, as an engine receives it.</summary>
    public Datagram NextDatagram() => new(_buffer, Next().Length);
}
