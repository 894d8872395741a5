using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RtpProxy.Rtp;

namespace RtpProxy.Media.Recording;

/// <summary>
/// A record of the ad-hoc format (media rules, section 7.5): where a packet came from, when, and the packet. Host byte
/// order but for the port and the address, which are as on the wire; files are therefore read by machines of their kind.
/// <code>
///  0       2       4                                       20              28      30
/// +-------+-------+---------------------------------------+---------------+-------+--------
/// |family | port  | address: 4 and 12 zeros, or 16 bytes  | time, double  |length | packet
/// +-------+-------+---------------------------------------+---------------+-------+--------
/// </code>
/// </summary>
public static class AdHocRecord
{
    /// <summary>Bytes before the packet.</summary>
    public const int HeaderLength = 30;

    /// <summary>Largest packet that a record can hold, in bytes.</summary>
    public const int MaxPacketLength = ushort.MaxValue;

    internal const int PortOffset = 2;
    internal const int AddressOffset = 4;
    internal const int TimeOffset = 20;
    internal const int LengthOffset = 28;

    /// <summary>Bytes of the record of a packet of <paramref name="packetLength"/> bytes.</summary>
    public static int Length(int packetLength) => HeaderLength + packetLength;

    /// <summary>Bytes of the record that begins with this header.</summary>
    /// <param name="header">At least <see cref="HeaderLength"/> bytes.</param>
    public static int LengthOf(ReadOnlySpan<byte> header) => Length(MemoryMarshal.Read<ushort>(header[LengthOffset..]));

    /// <summary>Writes one record.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <param name="source">Sender of the packet; written as family 0 when it is not known.</param>
    /// <param name="wallMicroseconds">Arrival in microseconds since the UNIX epoch.</param>
    /// <param name="packet">At most <see cref="MaxPacketLength"/> bytes of RTP or RTCP.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The packet is too long.</exception>
    public static int Write(
        Span<byte> destination,
        in Endpoint source,
        long wallMicroseconds,
        ReadOnlySpan<byte> packet)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packet.Length, MaxPacketLength, nameof(packet));
        Span<byte> header = destination[..HeaderLength];
        header.Clear();
        MemoryMarshal.Write(header, (ushort)FamilyOf(source));
        if (source.IsKnown)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[PortOffset..], source.Port);
            source.WriteAddress(header[AddressOffset..]);
        }

        MemoryMarshal.Write(header[TimeOffset..], wallMicroseconds / 1e6);
        MemoryMarshal.Write(header[LengthOffset..], (ushort)packet.Length);
        packet.CopyTo(destination[HeaderLength..]);
        return HeaderLength + packet.Length;
    }

    private static AddressFamily FamilyOf(in Endpoint source) => source switch
    {
        { IsIPv4: true } => AddressFamily.IPv4,
        { IsIPv6: true } => AddressFamily.IPv6,
        _ => AddressFamily.Unspecified,
    };
}
