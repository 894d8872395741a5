using RtpProxy.Rtp;

namespace RtpProxy.Relay.Calls;

/// <summary>What is heard in place of a party that is silenced (ng protocol).</summary>
internal static class Silence
{
    private const byte OfPcmu = 0xff;
    private const byte OfPcma = 0xd5;
    private const byte OfG722 = 0xfe; // the smallest steps of both bands: two of 32,768 after a second

    /// <summary>Writes silence over what a packet plays. False where the codec has none of one byte, or it is no RTP.</summary>
    public static bool TryReplace(Span<byte> datagram)
    {
        if (RtpPacket.TryParseKnownRtp(datagram, out RtpPacket packet) != RtpParseError.None
            || TryFind(packet.PayloadType) is not { } silence)
        {
            return false;
        }

        datagram.Slice(packet.HeaderLength, packet.Payload.Length).Fill(silence);
        return true;
    }

    private static byte? TryFind(PayloadType type) =>
        type == PayloadType.Pcmu ? OfPcmu
        : type == PayloadType.Pcma ? OfPcma
        : type == PayloadType.G722 ? OfG722
        : null;
}
