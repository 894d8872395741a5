using System.Buffers.Binary;
using RtpProxy.Rtp;
using static RtpProxy.Media.Recording.PcapFormat;

namespace RtpProxy.Media.Recording;

/// <summary>The UDP datagram found in a captured frame.</summary>
internal readonly ref struct UdpFrame
{
    private const byte ProtocolHopByHop = 0;
    private const byte ProtocolRouting = 43;
    private const byte ProtocolFragment = 44;
    private const byte ProtocolAuthentication = 51;
    private const byte ProtocolDestinationOptions = 60;
    private const byte ProtocolMobility = 135;
    private const int FragmentHeaderLength = 8;
    private const int MaxExtensionHeaders = 16;

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
    /// Looks for UDP over IPv4 or IPv6 in a frame. Fragments are passed over as <see cref="UdpFrameResult.OtherTraffic"/>:
    /// audio is sent in packets that need none.
    /// </summary>
    public static UdpFrameResult TryParse(ReadOnlySpan<byte> frame, LinkType linkType, out UdpFrame datagram)
    {
        datagram = default;
        UdpFrameResult result = LinkLayer.Find(frame, linkType, out int offset, out int version);
        return result != UdpFrameResult.Datagram ? result
            : version == 4 ? ParseIPv4(frame, offset, out datagram)
            : ParseIPv6(frame, offset, out datagram);
    }

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

        UdpFrameResult result = SkipExtensionHeaders(packet, out int headerLength);
        if (result != UdpFrameResult.Datagram)
        {
            return result;
        }

        if (packet.Length < headerLength + UdpHeaderLength)
        {
            return UdpFrameResult.TooShort;
        }

        ReadOnlySpan<byte> udp = packet[headerLength..];
        datagram = new UdpFrame(
            Endpoint.FromIPv6(packet[8..24], SourcePort(udp)),
            Endpoint.FromIPv6(packet[24..40], DestinationPort(udp)),
            linkLength + headerLength + UdpHeaderLength,
            PayloadOf(udp));
        return UdpFrameResult.Datagram;
    }

    /// <summary>Finds UDP behind the extension headers of RFC 8200, section 4.</summary>
    private static UdpFrameResult SkipExtensionHeaders(ReadOnlySpan<byte> packet, out int length)
    {
        length = IPv6HeaderLength;
        byte protocol = packet[6];
        for (int headers = 0; headers <= MaxExtensionHeaders; headers++)
        {
            if (protocol == ProtocolUdp)
            {
                return UdpFrameResult.Datagram;
            }

            if (protocol is not (ProtocolHopByHop or ProtocolRouting or ProtocolFragment or ProtocolAuthentication
                or ProtocolDestinationOptions or ProtocolMobility))
            {
                return UdpFrameResult.OtherTraffic;
            }

            if (packet.Length < length + FragmentHeaderLength)
            {
                return UdpFrameResult.TooShort;
            }

            ReadOnlySpan<byte> header = packet[length..];
            if (protocol == ProtocolFragment && (BinaryPrimitives.ReadUInt16BigEndian(header[2..]) & 0xfff9) != 0)
            {
                return UdpFrameResult.OtherTraffic; // offset, or more of them
            }

            length += protocol switch
            {
                ProtocolFragment => FragmentHeaderLength,
                ProtocolAuthentication => (header[1] + 2) * sizeof(uint),
                _ => (header[1] + 1) * sizeof(ulong),
            };
            protocol = header[0];
        }

        return UdpFrameResult.OtherTraffic;
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
