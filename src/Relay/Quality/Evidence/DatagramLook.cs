using System.Buffers.Binary;

namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>Tells what a datagram at an RTP port is that is not RTP (RFC 7983; ITU-T T.38).</summary>
internal static class DatagramLook
{
    private const int LongestKeepalive = 4; // RFC 6263 section 4: empty, or a few bytes
    private const int StunHeader = 20;
    private const uint StunCookie = 0x2112_A442; // RFC 8489 section 5
    private const byte Redundancy = 0x00; // of UDPTL's error recovery, or
    private const byte ForwardCorrection = 0x80;

    /// <param name="isKeepalive">It keeps a NAT binding open and is nothing else.</param>
    public static MediaLook Of(ReadOnlySpan<byte> datagram, out bool isKeepalive)
    {
        isKeepalive = datagram.Length <= LongestKeepalive;
        return isKeepalive ? MediaLook.Unknown
            : IsStun(datagram) ? MediaLook.Stun
            : datagram[0] is >= 20 and <= 63 && datagram[1] == 0xFE ? MediaLook.Dtls // RFC 5764 section 5.1.2; versions 254.x
            : IsRtcp(datagram) ? MediaLook.Rtcp
            : IsUdptl(datagram) ? MediaLook.Fax
            : MediaLook.Unknown;
    }

    private static bool IsStun(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= StunHeader && datagram[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == StunCookie;

    /// <summary>RFC 5761 section 4, and it is as long as it says (RFC 3550, appendix A.2), which UDPTL is not.</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> datagram)
    {
        const int BytesPerWord = 4;
        return datagram.Length > BytesPerWord
            && (datagram[0] >> 6) == 2
            && datagram[1] is >= 192 and <= 223
            && (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) + 1) * BytesPerWord <= datagram.Length;
    }

    /// <summary>
    /// T.38, section 9.1: a number of two bytes, a packet behind its length, and what makes up for lost ones: a count of earlier
    /// packets, each behind its length, to the last byte; or forward correction.
    /// </summary>
    private static bool IsUdptl(ReadOnlySpan<byte> datagram)
    {
        ReadOnlySpan<byte> rest = datagram[2..];
        if (!TrySkipPacket(ref rest) || rest.IsEmpty)
        {
            return false;
        }

        byte recovery = rest[0];
        rest = rest[1..];
        if (recovery == ForwardCorrection)
        {
            return !rest.IsEmpty;
        }

        if (recovery != Redundancy || rest.IsEmpty)
        {
            return false;
        }

        int packets = rest[0];
        rest = rest[1..];
        for (int i = 0; i < packets; i++)
        {
            if (!TrySkipPacket(ref rest))
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    /// <summary>Lengths of 128 and more are of two bytes, the first bit set.</summary>
    private static bool TrySkipPacket(ref ReadOnlySpan<byte> rest)
    {
        const int LongLength = 0x80;
        int length = rest.IsEmpty ? -1
            : rest[0] < LongLength ? rest[0] + 1
            : rest.Length >= 2 ? (((rest[0] & ~LongLength) << 8) | rest[1]) + 2
            : -1;
        if (length < 0 || length > rest.Length)
        {
            return false;
        }

        rest = rest[length..];
        return true;
    }
}
