using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RtpProxy.Rtp;
using static RtpProxy.Media.Recording.PcapFormat;

namespace RtpProxy.Media.Recording;

/// <summary>
/// Writes pcap recordings (media rules, section 7.5), so that tcpdump and Wireshark open them: a file header, then per
/// packet a record header, Ethernet, IPv4 or IPv6, and UDP, all invented from the two addresses. Nothing is allocated.
/// </summary>
public static class PcapRecord
{
    /// <summary>Length in bytes of what stands once at the beginning of a file.</summary>
    public const int FileHeaderLength = PcapFormat.FileHeaderLength;

    /// <summary>Bytes before the frame of a record.</summary>
    public const int RecordHeaderLength = PcapFormat.RecordHeaderLength;

    /// <summary>Largest packet in bytes: what one IPv4 datagram can carry.</summary>
    public const int MaxPacketLength = ushort.MaxValue - IPv4HeaderLength - UdpHeaderLength;

    private const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>Bytes of the record that begins with this header, as we have written it.</summary>
    /// <param name="header">At least <see cref="RecordHeaderLength"/> bytes.</param>
    public static long LengthOf(ReadOnlySpan<byte> header) => RecordHeaderLength + (long)MemoryMarshal.Read<uint>(header[8..]);

    /// <summary>Writes the header of a file: version 2.4, Ethernet, host byte order.</summary>
    /// <param name="destination">At least <see cref="FileHeaderLength"/> bytes.</param>
    /// <returns><see cref="FileHeaderLength"/>.</returns>
    public static int WriteFileHeader(Span<byte> destination)
    {
        Span<byte> header = destination[..FileHeaderLength];
        header.Clear();
        MemoryMarshal.Write(header, Magic);
        MemoryMarshal.Write(header[4..], MajorVersion);
        MemoryMarshal.Write(header[6..], MinorVersion);
        MemoryMarshal.Write(header[16..], SnapLength);
        MemoryMarshal.Write(header[20..], LinkTypeEthernet);
        return FileHeaderLength;
    }

    /// <summary>Bytes of the record of a packet: 58 more than the packet for IPv4, 78 more for IPv6.</summary>
    /// <param name="source">Sender.</param>
    /// <param name="destination">Receiver; IPv6 when either is.</param>
    /// <param name="packetLength">Bytes of RTP or RTCP.</param>
    public static int Length(in Endpoint source, in Endpoint destination, int packetLength) =>
        RecordHeaderLength + EthernetHeaderLength + NetworkHeaderLength(source, destination) + UdpHeaderLength + packetLength;

    /// <summary>Writes one record.</summary>
    /// <param name="record">At least <see cref="Length"/> bytes.</param>
    /// <param name="source">Sender; zeros when it is not known.</param>
    /// <param name="destination">Receiver; zeros when it is not known.</param>
    /// <param name="wallMicroseconds">Arrival in microseconds since the UNIX epoch, not before it.</param>
    /// <param name="identification">IPv4 identification; one more for every record of the process.</param>
    /// <param name="packet">At most <see cref="MaxPacketLength"/> bytes of RTP or RTCP.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The packet is too long.</exception>
    public static int Write(
        Span<byte> record,
        in Endpoint source,
        in Endpoint destination,
        long wallMicroseconds,
        ushort identification,
        ReadOnlySpan<byte> packet)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packet.Length, MaxPacketLength, nameof(packet));
        int length = Length(source, destination, packet.Length);
        Span<byte> frame = record[RecordHeaderLength..length];
        MemoryMarshal.Write(record, (uint)(wallMicroseconds / MicrosecondsPerSecond));
        MemoryMarshal.Write(record[4..], (uint)(wallMicroseconds % MicrosecondsPerSecond));
        MemoryMarshal.Write(record[8..], (uint)frame.Length);
        MemoryMarshal.Write(record[12..], (uint)frame.Length);

        bool isIPv6 = IsIPv6(source, destination);
        Span<byte> network = frame[EthernetHeaderLength..];
        int networkHeaderLength = NetworkHeaderLength(source, destination);
        Span<byte> addresses = isIPv6 ? network[8..40] : network[12..20];
        WriteAddress(addresses[..(addresses.Length / 2)], source);
        WriteAddress(addresses[(addresses.Length / 2)..], destination);

        WriteEthernet(frame, addresses, isIPv6);
        if (isIPv6)
        {
            WriteIPv6(network, (ushort)(UdpHeaderLength + packet.Length));
        }
        else
        {
            WriteIPv4(network[..IPv4HeaderLength], (ushort)network.Length, identification);
        }

        WriteUdp(network[networkHeaderLength..], addresses, source.Port, destination.Port, packet);
        return length;
    }

    private static bool IsIPv6(in Endpoint source, in Endpoint destination) => source.IsIPv6 || destination.IsIPv6;

    private static int NetworkHeaderLength(in Endpoint source, in Endpoint destination) =>
        IsIPv6(source, destination) ? IPv6HeaderLength : IPv4HeaderLength;

    /// <summary>Writes 4 or 16 bytes; an IPv4 address beside an IPv6 one in its mapped form (RFC 4291 section 2.5.5.2).</summary>
    private static void WriteAddress(Span<byte> to, in Endpoint endpoint)
    {
        to.Clear();
        if (!endpoint.IsKnown)
        {
            return;
        }

        if (to.Length == 16 && endpoint.IsIPv4)
        {
            to[10] = to[11] = 0xff;
            endpoint.WriteAddress(to[12..]);
        }
        else
        {
            endpoint.WriteAddress(to);
        }
    }

    private static void WriteEthernet(Span<byte> frame, ReadOnlySpan<byte> addresses, bool isIPv6)
    {
        WriteMac(frame[..MacLength], addresses[(addresses.Length / 2)..]);
        WriteMac(frame.Slice(MacLength, MacLength), addresses[..(addresses.Length / 2)]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[EtherTypeOffset..], isIPv6 ? EtherTypeIPv6 : EtherTypeIPv4);
    }

    /// <summary>Two zeros and the IPv4 address; or an IPv6 address folded onto its first six bytes.</summary>
    private static void WriteMac(Span<byte> mac, ReadOnlySpan<byte> address)
    {
        mac.Clear();
        if (address.Length == 4)
        {
            address.CopyTo(mac[2..]);
            return;
        }

        for (int i = 0; i < address.Length; i++)
        {
            mac[i % MacLength] ^= address[i];
        }
    }

    private static void WriteIPv4(Span<byte> header, ushort totalLength, ushort identification)
    {
        header[0] = 0x45; // version 4, five words
        header[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], totalLength);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], 0);
        header[8] = IPv4TimeToLive;
        header[9] = ProtocolUdp;
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], 0);
        InternetChecksum checksum = default;
        checksum.Add(header);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], checksum.Complement);
    }

    private static void WriteIPv6(Span<byte> header, ushort payloadLength)
    {
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x6000_0000); // version 6
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], payloadLength);
        header[6] = ProtocolUdp;
        header[7] = IPv6HopLimit;
    }

    private static void WriteUdp(
        Span<byte> datagram,
        ReadOnlySpan<byte> addresses,
        ushort sourcePort,
        ushort destinationPort,
        ReadOnlySpan<byte> packet)
    {
        BinaryPrimitives.WriteUInt16BigEndian(datagram, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], 0);
        packet.CopyTo(datagram[UdpHeaderLength..]);

        // The pseudo header of RFC 768 and of RFC 8200 section 8.1 have the same sum: addresses, length, protocol.
        InternetChecksum checksum = default;
        checksum.Add(addresses);
        checksum.Add((uint)datagram.Length);
        checksum.Add(ProtocolUdp);
        checksum.Add(datagram);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], checksum.UdpComplement);
    }
}
