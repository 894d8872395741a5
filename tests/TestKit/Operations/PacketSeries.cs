using System.Buffers.Binary;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.TestKit.Operations;

/// <summary>The packets of one stream, one after another in one buffer: PCMU, 20 ms.</summary>
internal sealed class PacketSeries(uint ssrc = 7)
{
    private const int SamplesPerPacket = 160;

    private readonly byte[] _packet = RtpBytes.Rtp(0, ssrc);
    private ushort _sequence;
    private uint _timestamp;

    /// <summary>The next packet; valid until the one after it is asked for.</summary>
    public Span<byte> Next()
    {
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), ++_sequence);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(4), _timestamp += SamplesPerPacket);
        return _packet;
    }
}
