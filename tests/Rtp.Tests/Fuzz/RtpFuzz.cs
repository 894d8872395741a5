using RtpProxy.Rtp.Rtcp;

namespace RtpProxy.Rtp.Tests.Fuzz;

/// <summary>Fuzz target: RTP and RTCP parsers, and the statistics fed with whatever parses.</summary>
public static class RtpFuzz
{
    /// <summary>The bytes are taken as a series of datagrams, each after its length in one byte.</summary>
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        ReceptionStatistics statistics = new();
        long now = 0;
        while (!data.IsEmpty)
        {
            int length = Math.Min(data[0], data.Length - 1);
            ReadOnlySpan<byte> datagram = data.Slice(1, length);
            data = data[(1 + length)..];

            RtpPacketTests.AssertConsistent(datagram);
            RtcpCompoundTests.CountSteps(datagram);
            bool looksLikeRtcp = RtcpHeader.LooksLikeRtcp(datagram);
            RtpParseError error = RtpPacket.TryParse(datagram, out RtpPacket packet);
            (error == RtpParseError.LooksLikeRtcp).ShouldBe(looksLikeRtcp);
            if (error == RtpParseError.None)
            {
                statistics.OnPacket(packet, now += 20_000_000);
                TelephoneEvent.TryParse(packet.Payload, out TelephoneEvent told).ShouldBe(packet.Payload.Length >= 4);
                (told.Digit is null).ShouldBe(told.Code > TelephoneEvent.LastDigit);
            }
        }

        _ = statistics.Jitter;
    }
}
