using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Operations;

/// <summary>A datagram becomes a packet, or is found not to be one.</summary>
public sealed class ParseRtpPacket : IOperation
{
    private readonly PacketSeries _packets = new();

    /// <summary>Payload bytes seen; keeps the work from being optimised away.</summary>
    public long PayloadBytes { get; private set; }

    public void Run()
    {
        if (RtpPacket.TryParse(_packets.Next(), out RtpPacket packet) == RtpParseError.None)
        {
            PayloadBytes += packet.Payload.Length;
        }
    }
}
