using System.Runtime.InteropServices;
using static RtpProxy.Media.Recording.PcapFormat;

namespace RtpProxy.Media.Recording;

/// <summary>Reads pcap files of Ethernet or BSD loopback frames and delivers the UDP datagrams in them.</summary>
internal sealed class PcapWalker(ForwardBuffer buffer) : IRecordWalker
{
    private const uint MaxFrameLength = 262_144; // the largest snapshot length of libpcap

    private bool _isOpen;
    private bool _isEthernet;
    private long _read;

    public bool TryRead(out RecordedPacket packet, out RecordingFault? fault)
    {
        packet = default;
        if (!_isOpen)
        {
            fault = ReadFileHeader();
            if (fault is not null)
            {
                return false;
            }

            _isOpen = true;
        }

        while (TryReadFrame(out ReadOnlySpan<byte> record, out fault))
        {
            switch (UdpFrame.TryParse(record[RecordHeaderLength..], _isEthernet, out UdpFrame datagram))
            {
                case UdpFrameResult.Datagram:
                    packet = PacketOf(record, datagram);
                    buffer.Skip(record.Length);
                    _read++;
                    return true;
                case UdpFrameResult.OtherTraffic:
                    buffer.Skip(record.Length);
                    break;
                default:
                    fault = Fault(RecordingError.PcapFrameTooShort);
                    return false;
            }
        }

        return false;
    }

    private RecordingFault? ReadFileHeader()
    {
        ReadOnlySpan<byte> header = buffer.Peek(FileHeaderLength);
        if (header.Length < FileHeaderLength)
        {
            return Fault(RecordingError.PcapFileHeaderTruncated);
        }

        ushort major = MemoryMarshal.Read<ushort>(header[4..]);
        ushort minor = MemoryMarshal.Read<ushort>(header[6..]);
        if ((major, minor) != (MajorVersion, MinorVersion))
        {
            return Fault(RecordingError.PcapVersion, ((long)major << 16) | minor);
        }

        uint linkType = MemoryMarshal.Read<uint>(header[20..]);
        if (linkType is not (LinkTypeEthernet or LinkTypeLoopback))
        {
            return Fault(RecordingError.PcapLinkType, linkType);
        }

        _isEthernet = linkType == LinkTypeEthernet;
        buffer.Skip(FileHeaderLength);
        return null;
    }

    private bool TryReadFrame(out ReadOnlySpan<byte> record, out RecordingFault? fault)
    {
        fault = null;
        record = buffer.Peek(RecordHeaderLength);
        if (record.IsEmpty)
        {
            return false;
        }

        if (record.Length < RecordHeaderLength)
        {
            fault = Fault(RecordingError.PcapRecordTruncated);
            return false;
        }

        uint frameLength = MemoryMarshal.Read<uint>(record[8..]);
        if (frameLength > MaxFrameLength)
        {
            fault = Fault(RecordingError.PcapRecordTooLong, frameLength);
            return false;
        }

        int length = RecordHeaderLength + (int)frameLength;
        record = buffer.Peek(length);
        if (record.Length < length)
        {
            fault = Fault(RecordingError.PcapRecordTruncated);
            return false;
        }

        return true;
    }

    private RecordedPacket PacketOf(ReadOnlySpan<byte> record, scoped in UdpFrame datagram) => new()
    {
        Bytes = datagram.Payload,
        Source = datagram.Source,
        Destination = datagram.Destination,
        ArrivalSeconds = MemoryMarshal.Read<uint>(record) + (MemoryMarshal.Read<uint>(record[4..]) / 1e6),
        RecordOffset = buffer.Offset,
        BytesOffset = buffer.Offset + RecordHeaderLength + datagram.PayloadOffset,
    };

    private RecordingFault Fault(RecordingError error, long detail = 0) => new(error, buffer.Offset, _read, detail);
}
