using System.Buffers.Binary;
using RtpProxy.Rtp.Rtcp;

namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>How many packets a party says that it has sent (RFC 3550, section 6.4.1).</summary>
internal static class SenderCount
{
    private const int Offset = 20; // header, SSRC, NTP and RTP timestamps
    private const byte SenderReport = 200;

    /// <summary>False where the datagram does not begin with a sender report.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out uint packets)
    {
        bool isReport = RtcpHeader.LooksLikeRtcp(datagram)
            && datagram[1] == SenderReport
            && datagram.Length >= Offset + sizeof(uint);
        packets = isReport ? BinaryPrimitives.ReadUInt32BigEndian(datagram[Offset..]) : 0;
        return isReport;
    }
}
