using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RtpProxy.Rtp;
using static RtpProxy.Media.Recording.PcapFormat;

namespace RtpProxy.Media.Recording;

/// <summary>The UDP datagram found in a captured frame.</summary>
internal readonly ref struct UdpFrame
{
    private UdpFrame(Endpoint source, Endpoint destination, int payloadOffset, ReadOnlySpan<byte> payload)
    {
        Source = source;
        Destination = destination;
        PayloadOffset = payloadOffset;
        Payload = payload;
    }

    public Endpoint Source { get; }

    public Endpoint Destination { get; }

    /// <summary>Bytes of the frame before the payload.</summary>
    public int PayloadOffset { get; }

    /// <summary>What UDP carried, without the padding of a short Ethernet frame.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>
    /// Looks for UDP over IPv4 or IPv6 in a frame. IPv6 extension headers and fragments are passed over as
    /// <see cref="UdpFrameResult.OtherTraffic"/>.
    /// </summary>
    public static UdpFrameResult TryParse(ReadOnlySpan<byte> frame, bool isEthernet, out UdpFrame datagram)
    {
        datagram = default;
        int linkLength = isEthernet ? EthernetHeaderLength : LoopbackHeaderLength;
        if (frame.Length < linkLength)
        {
            return UdpFrameResult.TooShort;
        }

        int version = isEthernet ? VersionOfEtherType(frame) : VersionOfLoopbackFamily(frame);
        return version switch
        {
            4 => ParseIPv4(frame, linkLength, out datagram),
            6 => ParseIPv6(frame, linkLength, out datagram),
            _ => UdpFrameResult.OtherTraffic,
        };
    }

    private static int VersionOfEtherType(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt16BigEndian(frame[EtherTypeOffset..]) switch
        {
            EtherTypeIPv4 => 4,
            EtherTypeIPv6 => 6,
            _ => 0,
        };

    // AF_INET is 2 everywhere; AF_INET6 is 10 on Linux and 24, 28 or 30 on the BSD systems.
    private static int VersionOfLoopbackFamily(ReadOnlySpan<byte> frame) =>
        MemoryMarshal.Read<uint>(frame) switch
        {
            2 => 4,
            10 or 24 or 28 or 30 => 6,
            _ => 0,
        };

    private static UdpFrameResult ParseIPv4(ReadOnlySpan<byte> frame, int linkLength, out UdpFrame datagram)
    {
        datagram = default;
        ReadOnlySpan<byte> packet = frame[linkLength..];
        if (packet.Length < IPv4HeaderLength)
        {
            return UdpFrameResult.TooShort;
        }

        int headerLength = (packet[0] & 0x0f) * sizeof(uint);
        bool isFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3fff) != 0; // more fragments, or offset
        if (packet[9] != ProtocolUdp || isFragment || headerLength < IPv4HeaderLength)
        {
            return UdpFrameResult.OtherTraffic;
        }

        if (packet.Length < headerLength + UdpHeaderLength)
        {
            return UdpFrameResult.TooShort;
        }

        ReadOnlySpan<byte> udp = packet[headerLength..];
        datagram = new UdpFrame(
            Endpoint.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(packet[12..]), SourcePort(udp)),
            Endpoint.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(packet[16..]), DestinationPort(udp)),
            linkLength + headerLength + UdpHeaderLength,
            PayloadOf(udp));
        return UdpFrameResult.Datagram;
    }

    private static UdpFrameResult ParseIPv6(ReadOnlySpan<byte> frame, int linkLength, out UdpFrame datagram)
    {
        datagram = default;
        ReadOnlySpan<byte> packet = frame[linkLength..];
        if (packet.Length < IPv6HeaderLength)
        {
            return UdpFrameResult.TooShort;
        }

        if (packet[6] != ProtocolUdp)
        {
            return UdpFrameResult.OtherTraffic;
        }

        if (packet.Length < IPv6HeaderLength + UdpHeaderLength)
        {
            return UdpFrameResult.TooShort;
        }

        ReadOnlySpan<byte> udp = packet[IPv6HeaderLength..];
        datagram = new UdpFrame(
            Endpoint.FromIPv6(packet[8..24], SourcePort(udp)),
            Endpoint.FromIPv6(packet[24..40], DestinationPort(udp)),
            linkLength + IPv6HeaderLength + UdpHeaderLength,
            PayloadOf(udp));
        return UdpFrameResult.Datagram;
    }

    private static ushort SourcePort(ReadOnlySpan<byte> udp) => BinaryPrimitives.ReadUInt16BigEndian(udp);

    private static ushort DestinationPort(ReadOnlySpan<byte> udp) => BinaryPrimitives.ReadUInt16BigEndian(udp[2..]);

    /// <summary>The length field rules, unless it is impossible or the capture is cut short.</summary>
    private static ReadOnlySpan<byte> PayloadOf(ReadOnlySpan<byte> udp)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]) - UdpHeaderLength;
        ReadOnlySpan<byte> captured = udp[UdpHeaderLength..];
        return length >= 0 && length < captured.Length ? captured[..length] : captured;
    }
}
