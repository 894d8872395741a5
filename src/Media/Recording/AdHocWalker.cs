using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RtpProxy.Rtp;

namespace RtpProxy.Media.Recording;

/// <summary>Reads what <see cref="AdHocRecord"/> writes.</summary>
internal sealed class AdHocWalker(ForwardBuffer buffer) : IRecordWalker
{
    private long _read;

    public bool TryRead(out RecordedPacket packet, out RecordingFault? fault)
    {
        packet = default;
        fault = null;
        ReadOnlySpan<byte> header = buffer.Peek(AdHocRecord.HeaderLength);
        if (header.IsEmpty)
        {
            return false;
        }

        if (header.Length < AdHocRecord.HeaderLength)
        {
            fault = new RecordingFault(RecordingError.AdHocHeaderTruncated, buffer.Offset, _read);
            return false;
        }

        int length = AdHocRecord.LengthOf(header);
        ReadOnlySpan<byte> record = buffer.Peek(length);
        if (record.Length < length)
        {
            long missing = length - record.Length;
            fault = new RecordingFault(RecordingError.AdHocPacketTruncated, buffer.Offset, _read, missing);
            return false;
        }

        packet = new RecordedPacket
        {
            Bytes = record[AdHocRecord.HeaderLength..],
            Source = ReadSource(record),
            ArrivalSeconds = MemoryMarshal.Read<double>(record[AdHocRecord.TimeOffset..]),
            RecordOffset = buffer.Offset,
            BytesOffset = buffer.Offset + AdHocRecord.HeaderLength,
        };
        buffer.Skip(length);
        _read++;
        return true;
    }

    private static Endpoint ReadSource(ReadOnlySpan<byte> header)
    {
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(header[AdHocRecord.PortOffset..]);
        ReadOnlySpan<byte> address = header[AdHocRecord.AddressOffset..];
        return (AddressFamily)MemoryMarshal.Read<ushort>(header) switch
        {
            AddressFamily.IPv4 => Endpoint.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(address), port),
            AddressFamily.IPv6 => Endpoint.FromIPv6(address, port),
            _ => default,
        };
    }
}
